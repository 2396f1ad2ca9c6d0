/** 256 words to make names and texts of. */
export const WORDS: readonly string[] = (
  'able about above across after again along among apple april arrow aside atlas autumn avenue badge baker balance banner barrel basket battery ' +
  'beacon bench better between bicycle blanket border bottle branch bread bridge bright broken bronze brother budget builder butter button ' +
  'cabin camera candle canvas carbon career carpet castle center chain chance change chapter charge cheese choice circle classic clever climate ' +
  'closer cloud coffee collect colour common concert copper corner cotton country courage cousin create crystal culture current curtain custom ' +
  'danger decide degree deliver desert design detail device dinner direct doctor dollar double dragon driver early eastern editor effect effort ' +
  'eight either electric element empty energy engine enough evening event every example expert fabric factor family famous farmer father ' +
  'feature fellow festival figure final finger flight flower follow forest forget formal fortune forward frame freedom friend frozen future ' +
  'galaxy garden gather gentle giant glass global golden grammar ground growth guide guitar habit hammer handle happen harbor harvest health ' +
  'heavy hidden history holiday honest horizon hotel hundred hunter image impact income indoor insight island jacket journal journey jungle ' +
  'junior keeper kitchen ladder lantern large later launch leader league legend lesson letter library limit linen liquid listen little local ' +
  'machine magnet manager manual marble margin market master matter meadow medium member memory mentor method middle mineral minute mirror ' +
  'modern moment monster morning mother motion mountain museum music nation native nature nearby network object ocean office orange orchard ' +
  'outline oxygen packet palace parade parcel pattern pencil people pepper picture pilot planet pocket poetry portal potato prairie present ' +
  'process project'
).split(' ');
