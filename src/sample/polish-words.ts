/**
 * The words that sample contacts are made of: names, places, streets, companies, remarks.
 * Data only; nothing here describes a real person. Surnames come as [masculine, feminine].
 */

export const masculineNames = [
  'Jan Piotr Paweł Łukasz Michał Józef Stanisław Wojciech Przemysław Błażej Grzegorz Krzysztof',
  'Mirosław Zdzisław Wiesław Rafał Sławomir Tadeusz Kamil Jędrzej Mieczysław Radosław Bolesław',
  'Bogusław Jarosław Marek Tomasz Adam Andrzej Marcin Szymon Ignacy Dominik Zbigniew Ireneusz',
].flatMap(line => line.split(' '))

export const feminineNames = [
  'Anna Katarzyna Małgorzata Agnieszka Elżbieta Żaneta Łucja Zofia Bożena Grażyna Stanisława',
  'Świętosława Józefa Wiesława Mirosława Ewa Krystyna Joanna Magdalena Danuta Halina Jolanta',
  'Irena Urszula Marta Natalia Róża Bronisława Sława Kinga Dorota Beata Aleksandra Wiktoria',
].flatMap(line => line.split(' '))

export const surnames: readonly (readonly [string, string])[] = [
  'Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Dąbrowski Kozłowski',
  'Mazur Jabłoński Król Wieczorek Piątek Zając Gołąb Wróbel Dudziński Jasiński Łuczak Świderski',
  'Żak Ślusarczyk Ćwikliński Źrebiec Brzęczyszczykiewicz Górecki Pająk Sójka Kołodziej Stępień',
  'Błaszczyk Wąsik Gąsior Kępa Łoś Żółkiewski Śliwiński Jędrzejewski Nowak Kwiatkowski Sęk',
]
  .flatMap(line => line.split(' '))
  .map(name => [name, name.replace(/(sk|ck|dzk)i$/, '$1a')])

/** City and the first two digits of its postal codes. */
export const cities: readonly (readonly [string, string])[] = [
  ['Warszawa', '02'],
  ['Kraków', '30'],
  ['Łódź', '90'],
  ['Wrocław', '50'],
  ['Poznań', '60'],
  ['Gdańsk', '80'],
  ['Szczecin', '70'],
  ['Bydgoszcz', '85'],
  ['Lublin', '20'],
  ['Białystok', '15'],
  ['Częstochowa', '42'],
  ['Toruń', '87'],
  ['Rzeszów', '35'],
  ['Bielsko-Biała', '43'],
  ['Zielona Góra', '65'],
  ['Świętochłowice', '41'],
  ['Nowy Sącz', '33'],
  ['Żary', '68'],
  ['Środa Wielkopolska', '63'],
  ['Ostrowiec Świętokrzyski', '27'],
  ['Gołdap', '19'],
  ['Ćmielów', '27'],
]

/** Numbering areas of fixed lines, written without the trunk prefix that Poland no longer has. */
export const fixedLineAreas = ['12', '22', '32', '42', '58', '61', '71', '81', '85', '91'] as const

/** First two digits of Polish mobile numbers; each opens ten million of them. */
export const mobilePrefixes = [
  ...['45', '50', '51', '53', '57', '60', '66', '69', '72', '73', '78', '79', '88'],
] as const

export const streets = [
  'ul. Kościuszki',
  'ul. Świętego Marcina',
  'ul. Żwirki i Wigury',
  'ul. Łąkowa',
  'ul. Źródlana',
  'ul. Dębowa',
  'ul. Marii Skłodowskiej-Curie',
  'ul. 3 Maja',
  'ul. Bohaterów Getta',
  'al. Jana Pawła II',
  'al. Niepodległości',
  'al. Jerozolimskie',
  'pl. Wolności',
  'pl. Św. Ducha',
  'os. Piastów',
  'os. Złotej Jesieni',
  'Rynek Główny',
  'ul. Tysiąclecia Państwa Polskiego',
] as const

export const companyKinds = [
  'Zakład Usługowy',
  'Przedsiębiorstwo Handlowe',
  'Hurtownia',
  'Piekarnia',
  'Biuro Rachunkowe',
  'Gospodarstwo Ogrodnicze',
  'Księgarnia',
  'Warsztat "U Józka"',
] as const

export const companyNames = [
  'Żuraw',
  'Śnieżka',
  'Łabędź',
  'Gęś & Kaczka',
  'Dąb',
  'Jaźń',
  'Ćma',
  'Mróz i Synowie',
  'Wrzos',
  'Słońce',
  'Kłos',
  'Pięć Stawów',
] as const

export const companyForms = ['sp. z o.o.', 'S.A.', 'sp. j.', 'sp. k.', 's.c.', 'P.P.H.U.'] as const

export const emailDomains = [
  ...['example.com', 'example.org', 'example.net', 'poczta.example', 'firma.example'],
] as const

/** Remarks with what tends to break an import: quotes, markup, line breaks, symbols, escapes. */
export const remarks = [
  'dzwonić po 16:00',
  'prosi o kontakt mailowy; nie dzwonić w weekendy',
  'stały klient, rabat 5%',
  'umowa nr 12/2024 & aneks <w przygotowaniu>',
  'mówi: "oddzwonię", czekamy',
  'klient od 2009 r.\nprzeniesiony z oddziału Łódź',
  'preferuje język angielski 🇬🇧',
  "adres d'Artagnan, wejście od podwórza",
  '=SUMA(A1:A3) to nie formuła',
  'kod z systemu: _x0041_ (zostawić)',
  'kwota 1 234,56 zł – zapłacono',
  'zażółć gęślą jaźń',
  'TAK',
  '007',
] as const
