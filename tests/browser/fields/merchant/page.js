// What a merchant writes: mounts the form, asks for a token at the click of "Pay" or at Enter in a field.

const options = JSON.parse(document.getElementById('options').textContent);
const result = document.getElementById('result');
window.outcomes = [];
window.states = [];

if (window.TakasFields) {
    const form = window.TakasFields.mount(document.getElementById('card'), options);
    const pay = async () => {
        try {
            const answer = await form.submit();
            window.outcomes.push(answer);
            result.textContent = answer.cardToken;
        } catch (error) {
            window.outcomes.push({ code: error.code, field: error.field, message: error.message });
            result.textContent = `refused: ${error.code}`;
        }
    };
    form.on('ready', () => document.body.setAttribute('data-ready', 'yes'));
    form.on('change', (state) => window.states.push(state));
    form.on('error', (error) => document.body.setAttribute('data-error', error.code));
    form.on('enter', pay);
    document.getElementById('pay').addEventListener('click', pay);
    window.form = form;
} else {
    document.body.setAttribute('data-error', 'no script');
}
