// In which language pages are shown. With network the server knows what was chosen, by a cookie that nobody can read here. What is chosen without
// network is noted, and told to the server before the next page is asked of it.

const LANGUAGES = ['en', 'fr'];

// The language that an address asks for.
function languageIn(address) {
    const asked = new URL(address).searchParams.get('language');
    return LANGUAGES.includes(asked) ? asked : undefined;
}

// The language that was chosen here, as long as what is kept does not know of it.
const chosenLanguage = async () => (await read('state', 'language').catch(() => undefined))?.language;

const noteLanguage = (code, language, isTold) => write('state', { code, language, isTold }, 'language');

// Tells the server what was chosen without network. False when it does not answer.
async function sayLanguage() {
    const chosen = await read('state', 'language').catch(() => undefined);
    if (!chosen || chosen.isTold) return true;
    const { code, language } = chosen;
    if (!(await ask(`/join/${code}/device?language=${language}`, PAGE_MS))) return false;
    await noteLanguage(code, language, true);
    return true;
}

// Asks the server for a page, in the language that was chosen here.
async function askPage(request) {
    const language = languageIn(request.url);
    if (!language && !(await sayLanguage())) return undefined;
    const answer = await ask(request, PAGE_MS);
    if (!answer?.ok || !language) return answer;
    const code = /^\/join\/([0-9A-Z]{8})\b/.exec(new URL(request.url).pathname)?.[1];
    await (code ? noteLanguage(code, language, true) : erase('state', 'language')).catch(() => {});
    return answer;
}
