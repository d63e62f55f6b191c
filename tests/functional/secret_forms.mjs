// The forms in which a secret may lie about: as text, in groups, as packed decimal digits, as hex, as base64.
// Pure: a secret in, byte patterns out.

// Base64 of the text at each of the three places it can have in a base64 stream, without the characters that depend on
// its neighbours.
function base64_forms(text) {
    return [0, 1, 2].map((lead) => {
        const encoded = Buffer.concat([Buffer.alloc(lead), Buffer.from(text)]).toString('base64').replace(/=+$/, '');
        const first = [0, 2, 3][lead];
        const whole_groups = Math.floor((lead + text.length) / 3) * 4;
        return encoded.slice(first, Math.max(whole_groups, first));
    });
}

const grouped = (digits, by) => digits.match(/.{1,4}/g).join(by);

// [{form, bytes}]; forms shorter than `bytes_min` would be found everywhere and are left out.
export function forms_of(secret, bytes_min = 6) {
    const ascii = Buffer.from(secret);
    const forms = [['plain', ascii], ['hex', Buffer.from(ascii.toString('hex'))],
        ['HEX', Buffer.from(ascii.toString('hex').toUpperCase())],
        ['UTF-16', Buffer.from(secret, 'utf16le')],
        ...base64_forms(secret).map((text, i) => [`base64 at ${i}`, Buffer.from(text)]),
        ...base64_forms(secret).map((text, i) => [`base64url at ${i}`,
            Buffer.from(text.replace(/\+/g, '-').replace(/\//g, '_'))])];
    if (/^\d+$/.test(secret)) {
        forms.push(['with blanks', Buffer.from(grouped(secret, ' '))], ['with dashes', Buffer.from(grouped(secret, '-'))]);
        forms.push(['packed digits', Buffer.from(secret + 'f'.repeat(secret.length % 2), 'hex')]);
        forms.push(['packed digits, shifted', Buffer.from(secret.slice(1, secret.length - ((secret.length - 1) % 2)), 'hex')]);
    }
    // Keys and PIN blocks are octets written as hexadecimal digits: they may lie about as what they are.
    if (/^([0-9A-F]{2}){8,}$/i.test(secret) && !/^\d+$/.test(secret)) {
        const octets = Buffer.from(secret, 'hex');
        forms.push(['octets', octets], ['lower case', Buffer.from(secret.toLowerCase())],
            ['upper case', Buffer.from(secret.toUpperCase())], ['octets as base64', Buffer.from(octets.toString('base64').replace(/=+$/, ''))]);
    }
    return forms.map(([form, bytes]) => ({ form, bytes })).filter(({ bytes }) => bytes.length >= bytes_min);
}

// places: [{where, bytes}], secrets: [{name, text}] -> ["<name> as <form> in <where>"]
export function find_secrets(places, secrets) {
    const hits = [];
    for (const { name, text } of secrets)
        for (const { form, bytes } of forms_of(text))
            for (const place of places)
                if (place.bytes.includes(bytes)) hits.push(`${name} as ${form} in ${place.where}`);
    return hits;
}
