/**
 * Words and letters that stand for a gender, by language. Data: a letter may mean two things in two languages,
 * and even in one (`M` is mujer and masculino in Spain); the look-up then refuses it.
 *
 * A line is the language, then words of men | of women | of others. Words are folded (`foldText`), but for those
 * after `=`, whose accents tell them from other words.
 */
export const genderWords = `
pl m mezczyzna mezczyzni meska meski mez pan chlopak chlopiec syn | k z kobieta kobiety zenska zenski zona pani panna dziewczyna dziewczynka corka | inna inny inne niebinarna niebinarny niebinarne
en m male man boy gentleman mister mr sir | f female woman girl lady mrs ms miss madam | x other diverse nonbinary non~binary enby
de m h mann mannlich maennlich herr hr junge herrn maskulin | w f frau weiblich fr madchen maedchen dame frl fraulein feminin | d x divers inter offen
fr m h homme masculin monsieur garcon mr hommes | f mme femme feminin madame mademoiselle mlle fille dame femmes | x autre non~binaire
es h m hombre masculino varon senor sr chico nino macho don caballero v | m f mujer femenino femenina senora sra srta senorita chica nina hembra dona dama | x otro otra no~binario
it m u uomo maschio maschile signor sig signore ragazzo | f d donna femmina femminile signora sig~ra signorina ragazza | x altro non~binario
pt m h homem masculino senhor sr rapaz | m f mulher feminino feminina senhora sra rapariga | x outro nao~binario
nl m h man mannelijk heer dhr jongen | v vrouw vrouwelijk mevrouw mevr mw dame meisje | x anders divers non~binair
cs m muz muzske muzsky pan chlapec | z zena zenske zensky pani divka | x jine jiny nebinarni
sk m muz muzske muzsky muzske~pohlavie pan chlapec | z zena zenske zensky pani dievca | x ine iny nebinarne
uk ч чол м чоловік чоловіча чоловічии пан хлопець ch cholovik | ж жінка жіноча жіночии пані дівчина zh zhinka | інша інше небінарна
ru м муж мужчина мужскои мальчик господин | ж жен женщина женскии девушка девочка госпожа | другои иное
be м мужчына мужчынскі | ж жанчына жаночы |
bg м мъж мъжки господин | ж жена женски госпожа | друго
ro m b barbat barbatesc masculin domn domnul dl baiat | f femeie femeiesc feminin doamna dna domnisoara fata | altul altele nebinar
hu f ferfi ffi fiu ur | n =nő =nö =nõ noi asszony holgy lany | egyeb
lt v vyras vyriskas vyr ponas berniukas | m moteris moteriska mot ponia mergina | kita kitas
lv v virietis virs viriesu kungs | s sieviete sieviesu kundze | cits
et m mees poiss harra isane meessoost | n naine tudruk proua emane naissoost | muu
fi m mies herra poika | n nainen rouva neiti tytto | muu x
sv m man herr pojke manlig | k kvinna fru kvinnlig flicka froken | annat annan x ickebinar
da m mand herre hankon dreng mandlig | k kvinde fru hunkon pige kvindelig | andet anden x
nb m mann herre gutt mannlig | k kvinne fru kvinnelig jente | annet annen x
nn m mann herre gut mannleg | k kvinne fru kvinneleg jente | anna annan x
sl m moski gospod fant | z zenska zenski gospa punca | drugo
hr m musko muski muskarac gospodin | z zensko zenski zena gospoda | drugo ostalo
sr m м musko muski muskarac мушко мушки мушкарац господин | z ж zensko zenski zena женско женски жена госпођа | drugo друго
mk м машко машки маж | ж женско женски жена | друго
sq m mashkull burre | f femer grua | tjeter
el α άνδρας ανδρας άρρεν αρρεν αγορι κυριος | γ θ θηλυ γυναικα κοριτσι κυρια | αλλο
tr e erkek bay bey adam oglan | k kadin bayan hanim kiz | diger
ca h home masculi noi senyor sr | d dona femeni noia senyora sra | altre
is karl karlkyn madur | kona kvenkyn kvk | annad kynsegin
`

/** Words of every language for a person who does not say. */
export const undisclosedGender = `
unknown|not known|undisclosed|not disclosed|prefer not to say|prefer not to answer|not specified|unspecified|not stated|rather not say
|nieznana|nieznany|nie podano|brak danych|nie chce podawac|wole nie podawac|nie chce odpowiadac|odmowa|nie wiem|nieokreslona|nieustalona
|unbekannt|keine angabe|keine angaben|k a|ohne angabe|mochte nicht angeben|inconnu|inconnue|non precise|non renseigne|ne souhaite pas repondre
|desconocido|desconocida|no especificado|prefiero no decirlo|sconosciuto|non specificato|preferisco non rispondere
|onbekend|zeg ik liever niet|neznamy|neznamo|neznama|nechci uvest|neuvedeno|neuvedene|nechcem uviest|невідомо|не вказано|неизвестно|не указано
|necunoscut|nespecificat|ismeretlen|nem kivanja megadni|nezinoma|nenurodyta|okand|vill ej ange|ukendt|onsker ikke at oplyse|ukjent
|tuntematon|en halua kertoa|desconhecido|prefiro nao dizer|nepoznato|neznano
`
