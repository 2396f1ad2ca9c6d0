/** Link texts that say nothing about where the link leads, in the languages people write documentation in. */

/** Whole texts, lower case, without punctuation at the ends. */
const GENERIC: ReadonlySet<string> = new Set(
  [
    'click here|click|here|this|this link|this page|this article|this post|this site|link|links|read more|more|more info|more information|learn more|see more|see here|find out more|details|continue|continue reading|go|go here|website|page|article|source|visit|view|download here|check it out|follow this link',
    'hier|hier klicken|klicken sie hier|klick hier|mehr|mehr erfahren|mehr lesen|mehr infos|mehr informationen|weiterlesen|weiter|siehe hier|dieser link|diese seite|zur seite|quelle',
    "ici|cliquez ici|cliquer ici|lire la suite|lire plus|en savoir plus|plus|plus d’infos|plus d'infos|suite|ce lien|cette page|voir plus|voir ici",
    'aquí|aqui|haz clic aquí|haga clic aquí|clic aquí|leer más|más|más información|ver más|este enlace|esta página|saber más|enlace',
    'qui|clicca qui|leggi tutto|leggi di più|continua|scopri di più|maggiori informazioni|questo link|questa pagina',
    'clique aqui|leia mais|saiba mais|ver mais|mais|mais informações|este link',
    'hier klikken|klik hier|lees meer|meer|meer info|meer informatie|deze link|deze pagina',
    'klicka här|här|läs mer|mer|klikk her|her|les mer|klik her|læs mere|tästä|lue lisää',
    'kliknij tutaj|tutaj|tu|więcej|czytaj więcej|zde|klikněte zde|více|číst více',
    'здесь|тут|нажмите здесь|читать далее|подробнее|далее|ссылка|тут|натисніть тут|детальніше',
    'こちら|ここ|ここをクリック|詳細|詳しくはこちら|もっと見る|続きを読む|点击这里|这里|此处|更多|阅读更多|点击此处|點擊這裡|這裡|여기|여기를 클릭|더 보기|자세히',
    'buraya|buraya tıklayın|tıklayın|devamı|daha fazla|هنا|اضغط هنا|المزيد|اقرأ المزيد|כאן|לחץ כאן|קרא עוד',
  ].flatMap((line) => line.split('|')),
);

/** True for a text that is nothing but such words. An empty one is not generic: it is no text at all. */
export function isGenericText(text: string): boolean {
  return GENERIC.has(plain(text));
}

/** True when the text is only an address: the URL itself, or something that looks like one. */
export function isBareUrl(text: string, url: string): boolean {
  const trimmed = text.trim();
  return trimmed !== '' && (trimmed === url || /^(?:https?:\/\/|www\.)\S+$/i.test(trimmed));
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, '');
}
