/** Link texts that say nothing about where the link leads, in the languages people write documentation in. */

/** Whole texts, lower case, without punctuation at the ends. A word with `!` before it counts only in a document of its own language: elsewhere it means something. */
const GENERIC: Readonly<Record<string, string>> = {
  en: 'click here|click|here|this|this link|this page|this article|this post|this site|link|links|read more|more|more info|more information|learn more|see more|see here|find out more|details|continue|continue reading|go here|website|page|article|source|visit|view|download here|check it out|follow this link|right here',
  de: 'hier|hier klicken|klicken sie hier|klick hier|mehr|mehr erfahren|mehr lesen|mehr infos|mehr informationen|weiterlesen|weiter|siehe hier|dieser link|diese seite|zur seite|quelle',
  fr: "ici|cliquez ici|cliquer ici|lire la suite|lire plus|en savoir plus|!plus|plus d’infos|plus d'infos|!suite|ce lien|cette page|voir plus|voir ici",
  es: 'aquí|aqui|haz clic aquí|haga clic aquí|clic aquí|leer más|más|más información|ver más|este enlace|esta página|saber más|enlace',
  it: '!qui|clicca qui|leggi tutto|leggi di più|!continua|scopri di più|maggiori informazioni|questo link|questa pagina',
  pt: 'aqui|clique aqui|leia mais|saiba mais|ver mais|!mais|mais informações|este link',
  nl: 'hier|hier klikken|klik hier|lees meer|!meer|meer info|meer informatie|deze link|deze pagina',
  sv: 'klicka här|här|läs mer|!mer',
  no: 'klikk her|!her|les mer|!mer',
  da: 'klik her|!her|læs mere|!mere',
  fi: 'tästä|lue lisää',
  pl: 'kliknij tutaj|tutaj|!tu|więcej|czytaj więcej',
  cs: 'zde|klikněte zde|více|číst více',
  ru: 'здесь|тут|нажмите здесь|читать далее|подробнее|далее|ссылка',
  uk: 'тут|натисніть тут|детальніше',
  ja: 'こちら|ここ|ここをクリック|詳細|詳しくはこちら|もっと見る|続きを読む',
  zh: '点击这里|这里|此处|更多|阅读更多|点击此处|點擊這裡|這裡',
  ko: '여기|여기를 클릭|더 보기|자세히',
  tr: 'buraya|buraya tıklayın|tıklayın|devamı|daha fazla',
  ar: 'هنا|اضغط هنا|المزيد|اقرأ المزيد',
  he: 'כאן|לחץ כאן|קרא עוד',
};

const BY_LANGUAGE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(GENERIC).map(([language, words]) => [language, new Set(words.split('|').map((word) => word.replace('!', '')))]),
);
const EVERYWHERE: ReadonlySet<string> = new Set(Object.values(GENERIC).flatMap((words) => words.split('|').filter((word) => !word.startsWith('!'))));

/**
 * True for a text that is nothing but such words. An empty one is not generic: it is no text at all.
 *
 * @param language BCP 47 tag of the document; null where it does not say
 * @param file the linked file: a text that is its own name says what it is
 */
export function isGenericText(text: string, language: string | null = null, file: string | null = null): boolean {
  const words = plain(text);
  const own = language === null ? undefined : BY_LANGUAGE.get(language.toLowerCase().replace(/[-_].*$/, ''));
  if (!EVERYWHERE.has(words) && own?.has(words) !== true) return false;
  return file === null || plain(nameOf(file)) !== words;
}

/** True when the text is only an address: the URL itself, or something that looks like one. */
export function isBareUrl(text: string, url: string): boolean {
  const trimmed = text.trim();
  return trimmed !== '' && (trimmed === url || /^(?:https?:\/\/|www\.)\S+$/i.test(trimmed));
}

/** `guide/learn-more.md` is called "learn more". */
function nameOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]*$/, '').replace(/[-_]+/g, ' ');
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, '');
}
