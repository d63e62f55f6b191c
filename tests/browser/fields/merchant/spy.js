// The first script of the merchant's page: writes down everything that reaches the page's own context, so that the test
// can look for card data in it. It sees what any script of the page could see.

window.seen = [];
const write_down = (what, value) => {
    let text;
    try {
        text = JSON.stringify(value, (_, one) => (one instanceof MessagePort ? 'port' : one));
    } catch (error) {
        text = String(error);
    }
    window.seen.push(`${what} ${text}`);
};

for (const name of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'copy', 'compositionend', 'submit'])
    window.addEventListener(name, (event) => write_down(name, [event.key, event.data, event.target?.value,
        event.clipboardData?.getData('text')]), true);
window.addEventListener('message', (event) => write_down('window message', event.data), true);

const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...rest) {
    write_down('port out', message);
    return post.call(this, message, ...rest);
};
const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
Object.defineProperty(MessagePort.prototype, 'onmessage', { set(listener) {
    set.call(this, (event) => {
        write_down('port in', event.data);
        listener.call(this, event);
    });
} });

for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    const plain = console[name];
    console[name] = (...all) => {
        write_down(`console ${name}`, all.map(String));
        plain.apply(console, all);
    };
}
const { fetch } = window;
window.fetch = (...all) => {
    write_down('fetch', all.map(String));
    return fetch(...all);
};
