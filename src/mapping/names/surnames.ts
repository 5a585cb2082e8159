/**
 * The commonest surnames, by language, and endings of many more. Data; compiled by hand from what the register PESEL
 * (pl), ONS and the Census Bureau (en), INE (es), INSEE (fr), ISTAT (it), the ministries of the interior (cs, sk) and the offices of
 * statistics of the other countries publish.
 */
export const surnames: Readonly<Record<string, string>> = {
  pl: `Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wieczorek Wróbel Stępień Dudek Adamczyk Pawlak Walczak Sikora
    Baran Michalak Szewczyk Bąk Pietrzak Włodarczyk Marciniak Duda Kubiak Kozak Lis Mazurek Kołodziej Kaźmierczak Sobczak Sobczyk Górka
    Czech Wilk Cieślak Krupa Kania Mucha Kruk Żak Kot Bednarek Janik Urban Maj Tomczak Olejnik Domagała Gajda Banaś Kowal Wrona Gołąb
    Kowalik Jarosz Kubicki Kmiecik Kula Sowa Zięba Bielak Piątek Madej Rak Struzik Cichy Dąbek Gil Grzyb Skiba Łuczak Nowacka Leśniak`,
  en: `Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Thompson White
    Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter
    Roberts Evans Edwards Turner Phillips Parker Collins Stewart Morris Murphy Cook Rogers Morgan Cooper Reed Bailey Bell Kelly Howard
    Ward Cox Richardson Wood Watson Brooks Bennett Gray Hughes Price Myers Long Foster Ross Powell Jenkins Perry Russell Sullivan
    Davies Clarke Patel Shaw Khan Chapman Webb Knight Ellis`,
  de: `Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann
    Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler
    Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther
    Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Schumacher Vogt Gruber`,
  es: `García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez
    Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez Ortega Delgado
    Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano Prieto Méndez Cruz Flores`,
  fr: `Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel
    Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefevre Faure André Mercier Blanc Guérin Boyer Garnier
    Chevalier François Legrand Gauthier Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis`,
  it: `Rossi Ferrari Russo Bianchi Romano Gallo Costa Fontana Conti Esposito Ricci Bruno Rizzo Moretti Marino Greco Barbieri Lombardi
    Giordano Colombo Mancini Longo Leone Martinelli Santoro Mariani Vitale Ferrara Rinaldi Caruso Ferri Villa Serra Marchetti Gatti
    Coppola De Luca D’Angelo Galli Martini Conte Fabbri Bianco Marini Grasso Valentini Testa Parisi`,
  cs: `Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Marek Pospíšil Pokorný Hájek Král Jelínek Růžička Beneš
    Fiala Sedláček Doležal Zeman Kolář Krejčí Navrátil Čermák Vaněk Urban Blažek Kříž Kovář Kratochvíl Bartoš Vlček Polák Musil Kopecký
    Šimek Konečný Malý Holub Čech Staněk Kadlec Štěpánek Dostál Soukup Šťastný Mareš Moravec Sýkora Tichý Valenta Vávra Matoušek`,
  sk: `Horváth Kováč Varga Tóth Nagy Baláž Szabó Molnár Balog Lukáč Novák Polák Gajdoš Kollár Hudák Nemec Oláh Kováčik Ďurica Šimko Takáč`,
  uk: `Мельник Бондар Кравчук Поліщук Мороз Марчук Савчук Кравець Мазур Гончар Коваль Ткач Бойко Литвин Клименко Лисенко Руденко`,
  ru: `Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов`,
  pt: `Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Jesus Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida
    Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Souza Lima`,
  nl: `Jong Jansen Bakker Visser Smit Meijer Boer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Smits Koster Prins Kuiper`,
  ro: `Popa Popescu Ionescu Pop Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Dinu Lazăr Munteanu Marin Tudor`,
  hu: `Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete`,
  lt: `Kazlauskas Petrauskas Jankauskas Stankevičius Butkus Paulauskas Žukauskas Urbonas Balčiūnas Navickas`,
  sv: `Lindberg Lindström Lindgren Berg Bergström Holm Nyström Lundberg Lind Lundgren Ek Sandberg Forsberg Lindqvist Hedlund Norberg`,
  da: `Møller Lund Holm Schmidt Schultz Berg Poulsen Dahl Friis Bach Winther Lauridsen Kjær Bruun`,
}

/** Endings of surnames, of folded words; and, as a family, of languages that most surnames of theirs have. */
export const surnameEndings: readonly [language: string, ending: RegExp][] = [
  ['pl', /(?:sk[ia]|ck[ia]|dzk[ia]|wicz|iak|czyk|czak|arczyk|owska|ewska|ynska|inska)$/],
  ['cs', /(?:ova|kova|ska|cka)$/],
  ['uk', /(?:енко|чук|щук|юк|ський|ська|ченко|ishyn|enko|chuk)$/],
  ['ru', /(?:ов|ова|ев|ева|ин|ина|ский|ская)$/],
  ['da', /(?:sen|gaard)$/],
  ['sv', /(?:sson|qvist|strom|gren|lund|berg)$/],
  ['lt', /(?:auskas|auskaite|auskiene|evicius|eviciute|aite|iene|unas|ute)$/],
  ['ro', /(?:escu|eanu|oiu)$/],
  ['es', /(?:guez|ndez|inez|chez)$/],
  ['de', /(?:mann|meyer|maier|berger|bauer|schmidt)$/],
]
