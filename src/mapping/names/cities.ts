/**
 * The largest towns of each country, by language. Data; compiled by hand from what the offices of statistics publish:
 * GUS (pl), ONS and the Census Bureau (en), Destatis (de), INE (es, pt), INSEE (fr), ISTAT (it), ČSÚ (cs), ŠÚ SR (sk), Ukrstat (uk).
 */
export const cities: Readonly<Record<string, string>> = {
  pl: `Warszawa|Kraków|Łódź|Wrocław|Poznań|Gdańsk|Szczecin|Bydgoszcz|Lublin|Białystok|Katowice|Gdynia|Częstochowa|Radom|Rzeszów|Toruń
    |Sosnowiec|Kielce|Gliwice|Olsztyn|Zabrze|Bielsko-Biała|Bytom|Zielona Góra|Rybnik|Ruda Śląska|Opole|Tychy|Gorzów Wielkopolski|Elbląg
    |Płock|Dąbrowa Górnicza|Tarnów|Chorzów|Koszalin|Wałbrzych|Włocławek|Kalisz|Legnica|Grudziądz|Słupsk|Jaworzno|Jastrzębie-Zdrój
    |Nowy Sącz|Jelenia Góra|Siedlce|Mysłowice|Konin|Piła|Piotrków Trybunalski|Lubin|Inowrocław|Ostrów Wielkopolski|Suwałki|Gniezno
    |Głogów|Stargard|Zamość|Leszno|Łomża|Chełm|Tomaszów Mazowiecki|Pruszków|Sopot|Zakopane|Ełk|Mielec|Tczew|Przemyśl|Starachowice|Żory`,
  en: `London|Birmingham|Manchester|Leeds|Liverpool|Sheffield|Bristol|Glasgow|Edinburgh|Leicester|Coventry|Cardiff|Belfast|Nottingham
    |Newcastle upon Tyne|Southampton|Portsmouth|Oxford|Cambridge|York|Bath|Brighton|Reading|Dublin|Cork|Galway|New York|Los Angeles|Chicago
    |Houston|Phoenix|Philadelphia|San Antonio|San Diego|Dallas|San Jose|Austin|Boston|Seattle|Denver|Washington|Miami|Atlanta|Portland
    |Detroit|Las Vegas|San Francisco|Springfield|Sydney|Melbourne|Toronto|Vancouver|Montreal|Ottawa|Exeter|Norwich|Plymouth|Derby`,
  de: `Berlin|Hamburg|München|Köln|Frankfurt|Frankfurt am Main|Stuttgart|Düsseldorf|Leipzig|Dortmund|Essen|Bremen|Dresden|Hannover|Nürnberg
    |Duisburg|Bochum|Wuppertal|Bielefeld|Bonn|Münster|Mannheim|Karlsruhe|Augsburg|Wiesbaden|Mainz|Kiel|Lübeck|Freiburg|Rostock|Kassel
    |Potsdam|Erfurt|Jena|Ulm|Heidelberg|Wien|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Zürich|Genf|Basel|Bern|Luzern|Winterthur|St. Gallen`,
  es: `Madrid|Barcelona|Valencia|Sevilla|Zaragoza|Málaga|Murcia|Palma|Bilbao|Alicante|Córdoba|Valladolid|Vigo|Gijón|Granada|A Coruña
    |Vitoria|Elche|Oviedo|Badajoz|Cartagena|Salamanca|Toledo|Burgos|León|Cádiz|Huelva|Santander|Pamplona|Almería|Ciudad de México|Bogotá`,
  fr: `Paris|Marseille|Lyon|Toulouse|Nice|Nantes|Strasbourg|Montpellier|Bordeaux|Lille|Rennes|Reims|Saint-Étienne|Le Havre|Toulon
    |Grenoble|Dijon|Angers|Nîmes|Villeurbanne|Clermont-Ferrand|Le Mans|Aix-en-Provence|Brest|Tours|Amiens|Limoges|Annecy|Perpignan|Metz
    |Besançon|Orléans|Rouen|Mulhouse|Caen|Nancy|Bruxelles|Genève|Lausanne|Liège`,
  it: `Roma|Milano|Napoli|Torino|Palermo|Genova|Bologna|Firenze|Bari|Catania|Venezia|Verona|Messina|Padova|Trieste|Brescia|Taranto|Prato
    |Parma|Reggio Calabria|Modena|Livorno|Cagliari|Foggia|Ravenna|Ferrara|Salerno|Perugia|Rimini|Monza|Bergamo|Siena|Pisa|Trento|Vicenza`,
  cs: `Praha|Brno|Ostrava|Plzeň|Liberec|Olomouc|České Budějovice|Hradec Králové|Ústí nad Labem|Pardubice|Zlín|Havířov|Kladno|Most|Opava
    |Frýdek-Místek|Karviná|Jihlava|Teplice|Děčín|Karlovy Vary|Chomutov|Přerov|Prostějov|Jablonec nad Nisou|Mladá Boleslav|Kolín|Tábor`,
  sk: 'Bratislava|Košice|Prešov|Žilina|Banská Bystrica|Nitra|Trnava|Martin|Trenčín|Poprad|Prievidza|Zvolen|Michalovce',
  uk: `Київ|Харків|Одеса|Дніпро|Донецьк|Львів|Запоріжжя|Кривий Ріг|Миколаїв|Вінниця|Херсон|Полтава|Чернігів|Черкаси|Хмельницький|Житомир
    |Суми|Рівне|Івано-Франківськ|Тернопіль|Луцьк|Ужгород|Чернівці|Kyiv|Kharkiv|Odesa|Dnipro|Lviv`,
  ru: 'Москва|Санкт-Петербург|Новосибирск|Екатеринбург|Казань|Минск|Самара|Омск|Челябинск|Уфа|Воронеж|Пермь',
  pt: 'Lisboa|Porto|Braga|Coimbra|Setúbal|Aveiro|Faro|Évora|Funchal|São Paulo|Rio de Janeiro|Brasília|Salvador|Curitiba|Recife',
  nl: 'Amsterdam|Rotterdam|Den Haag|Utrecht|Eindhoven|Groningen|Tilburg|Almere|Breda|Nijmegen|Antwerpen|Gent|Brugge|Haarlem|Arnhem',
  ro: 'București|Cluj-Napoca|Timișoara|Iași|Constanța|Craiova|Brașov|Galați|Ploiești|Oradea|Sibiu|Arad|Bacău|Pitești',
  hu: 'Budapest|Debrecen|Szeged|Miskolc|Pécs|Győr|Nyíregyháza|Kecskemét|Székesfehérvár|Szombathely|Eger|Sopron',
  lt: 'Vilnius|Kaunas|Klaipėda|Šiauliai|Panevėžys|Alytus|Marijampolė|Mažeikiai|Jonava|Utena',
  sv: 'Stockholm|Göteborg|Malmö|Uppsala|Västerås|Örebro|Linköping|Helsingborg|Jönköping|Norrköping|Lund|Umeå|Gävle',
  da: 'København|Aarhus|Odense|Aalborg|Esbjerg|Randers|Kolding|Horsens|Vejle|Roskilde|Herning',
}
