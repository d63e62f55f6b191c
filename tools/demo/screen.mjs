// What the tour shows on a terminal: headings, calls with their answers, tables. Colours only when someone watches.

const colourful = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colourful ? `\x1b[${code}m${text}\x1b[0m` : `${text}`);
export const bold = paint('1'), dim = paint('2'), red = paint('31'), green = paint('32'), cyan = paint('36');

const width = 118;
const write = (line = '') => process.stdout.write(line + '\n');
// Columns as a terminal counts them: letters with a mark above them take one.
const columns = (text) => [...text.replace(/\x1b\[\d+m/g, '').normalize('NFC')].length;
const pad = (text, size) => text + ' '.repeat(Math.max(0, size - columns(text)));

export function heading(number, title) {
    write();
    write(bold(`${number}  ${title} ${'─'.repeat(Math.max(3, width - columns(title) - 4))}`));
}

export const note = (text) => write(`   ${dim(text)}`);
export const proved = (text) => write(`   ${green('✓')} ${text}`);
export const say = write;

const filled = (object) => Object.entries(object).filter(([, value]) => value !== null);

// One value in one line: as in JSON, without the quotes that only a machine needs and without what is null.
function brief(value) {
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return `[${value.map(brief).join(', ')}]`;
    if (value && typeof value === 'object') return `{${filled(value).map(([name, inner]) => `${name} ${brief(inner)}`).join(', ')}}`;
    return String(value);
}

// "name value" pairs, wrapped; lines after the first are indented to the same column. Objects in a list get a line each.
function pairs(object, indent) {
    const lines = [''];
    const put = (item) => {
        if (lines.at(-1) && columns(lines.at(-1)) + columns(item) + 3 + indent > width) lines.push('');
        lines[lines.length - 1] += lines.at(-1) ? `   ${item}` : item;
    };
    for (const [name, value] of Object.entries(object)) {
        const is_list = Array.isArray(value) && value.some((inner) => inner && typeof inner === 'object');
        if (!is_list) put(`${dim(name)} ${brief(value)}`);
        else for (const inner of value) lines.push(`${dim(name)} ${brief(inner)}`), lines.push('');
    }
    return lines.filter(Boolean).join('\n' + ' '.repeat(indent));
}

export function call(method, path, request, status, answer, milliseconds) {
    write();
    write(`   ${cyan('→')} ${bold(method.padEnd(4))} ${path}`);
    if (request && Object.keys(request).length) write(`          ${pairs(request, 10)}`);
    const tone = status < 300 ? green : red;
    const shown = Object.keys(answer).length ? pairs(answer, 10) : '';
    write(`   ${cyan('←')} ${tone(status)}  ${shown}${dim(`   ${milliseconds.toFixed(1)} ms`)}`);
}

// Rows of equal objects; numbers and amounts stand at the right.
export function table(rows, indent = 10) {
    if (!rows.length) return;
    const names = Object.keys(rows[0]);
    const isNumber = (text) => /^[-+]?[\d,.]+$/.test(text);
    const cells = rows.map((row) => names.map((name) => (row[name] == null ? '' : brief(row[name]))));
    const sizes = names.map((name, i) => Math.max(columns(name), ...cells.map((row) => columns(row[i]))));
    const place = (text, i, right) => (right ? ' '.repeat(Math.max(0, sizes[i] - columns(text))) + text : pad(text, sizes[i]));
    const rightward = names.map((_, i) => cells.every((row) => row[i] === '' || isNumber(row[i])));
    const line = (texts) => ' '.repeat(indent) + texts.map((text, i) => place(text, i, rightward[i])).join('   ').trimEnd();
    write(dim(line(names)));
    for (const row of cells) write(line(row));
}
