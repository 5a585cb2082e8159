/** The stable error codes and their texts, `[title, detail]`, in English and Polish. */

interface ErrorTexts {
  readonly en: readonly [title: string, detail: string]
  readonly pl: readonly [title: string, detail: string]
}

export const errorTexts = {
  'request-invalid': {
    en: [
      'The request is not valid',
      'Correct the fields listed in errors and send the request again.',
    ],
    pl: [
      'Żądanie jest nieprawidłowe',
      'Popraw pola wymienione w errors i wyślij żądanie ponownie.',
    ],
  },
  'request-too-large': {
    en: ['The request is too large', 'Send a smaller request body.'],
    pl: ['Żądanie jest za duże', 'Wyślij mniejszą treść żądania.'],
  },
  'request-timeout': {
    en: ['The request took too long', 'Data came too slowly or stopped. Send the request again.'],
    pl: [
      'Żądanie trwało zbyt długo',
      'Dane napływały zbyt wolno albo przestały. Wyślij żądanie ponownie.',
    ],
  },
  'media-type-unsupported': {
    en: ['The media type is not supported', 'Send {expected}.'],
    pl: ['Nieobsługiwany typ treści', 'Wyślij {expected}.'],
  },
  'not-found': {
    en: ['Not found', 'There is no such resource.'],
    pl: ['Nie znaleziono', 'Nie ma takiego zasobu.'],
  },
  'method-not-allowed': {
    en: ['The method is not allowed here', 'Use one of the methods: {allowed}.'],
    pl: ['Metoda jest tu niedozwolona', 'Użyj jednej z metod: {allowed}.'],
  },
  'token-missing': {
    en: ['Authentication is required', 'Send a bearer token in the Authorization header.'],
    pl: ['Wymagane uwierzytelnienie', 'Wyślij token w nagłówku Authorization: Bearer.'],
  },
  'token-invalid': {
    en: [
      'The token is not valid',
      'The bearer token is malformed, expired or not meant for this service.',
    ],
    pl: [
      'Token jest nieprawidłowy',
      'Token jest uszkodzony, wygasł albo nie jest przeznaczony dla tej usługi.',
    ],
  },
  'role-forbidden': {
    en: ['Your role does not allow this', 'This needs one of the roles: {roles}.'],
    pl: ['Twoja rola na to nie pozwala', 'Wymagana jest jedna z ról: {roles}.'],
  },
  'upload-malformed': {
    en: [
      'The upload is malformed',
      'The multipart body is broken or incomplete. Send the file again.',
    ],
    pl: [
      'Przesłane dane są uszkodzone',
      'Treść multipart jest błędna lub niepełna. Wyślij plik ponownie.',
    ],
  },
  'file-missing': {
    en: ['The file is missing', 'Send one multipart part named "file" that holds the .xlsx file.'],
    pl: ['Brak pliku', 'Wyślij jedną część multipart o nazwie "file" z plikiem .xlsx.'],
  },
  'file-twice': {
    en: ['More than one file', 'Send one file in each upload.'],
    pl: ['Więcej niż jeden plik', 'Wyślij jeden plik w jednym żądaniu.'],
  },
  'file-too-large': {
    en: [
      'The file is too large',
      'The file may have at most {bytesMax} bytes. Split it and upload the parts.',
    ],
    pl: [
      'Plik jest za duży',
      'Plik może mieć najwyżej {bytesMax} bajtów. Podziel go i wyślij części.',
    ],
  },
  'file-not-xlsx': {
    en: [
      'The file is not an .xlsx workbook',
      'Save it as an Excel workbook (.xlsx) and upload it again.',
    ],
    pl: [
      'Plik nie jest skoroszytem .xlsx',
      'Zapisz go jako skoroszyt programu Excel (.xlsx) i wyślij ponownie.',
    ],
  },
  'file-encrypted': {
    en: ['The file is encrypted', 'Remove its password protection and upload it again.'],
    pl: ['Plik jest zaszyfrowany', 'Usuń ochronę hasłem i wyślij plik ponownie.'],
  },
  'file-label-protected': {
    en: [
      'The file is protected by a sensitivity label',
      'Choose a label without protection in Excel, save the file and upload it again.',
    ],
    pl: [
      'Plik jest chroniony etykietą poufności',
      'Wybierz w Excelu etykietę bez ochrony, zapisz plik i wyślij go ponownie.',
    ],
  },
  'file-corrupt': {
    en: [
      'The file is damaged',
      'Open it in a spreadsheet program, save it as .xlsx and upload it again.',
    ],
    pl: [
      'Plik jest uszkodzony',
      'Otwórz go w arkuszu kalkulacyjnym, zapisz jako .xlsx i wyślij ponownie.',
    ],
  },
  'file-no-worksheet': {
    en: [
      'The workbook has no visible worksheet',
      'Add or unhide a worksheet and upload the file again.',
    ],
    pl: ['Skoroszyt nie ma widocznego arkusza', 'Dodaj lub odkryj arkusz i wyślij plik ponownie.'],
  },
  'file-empty': {
    en: [
      'The worksheets hold no data',
      'Fill at least one visible worksheet and upload the file again.',
    ],
    pl: [
      'Arkusze nie zawierają danych',
      'Uzupełnij co najmniej jeden widoczny arkusz i wyślij plik ponownie.',
    ],
  },
  'file-too-many-rows': {
    en: [
      'The sheet has too many rows',
      'A sheet may have at most {rowsMax} rows. Split it and upload the parts.',
    ],
    pl: [
      'Arkusz ma za dużo wierszy',
      'Arkusz może mieć najwyżej {rowsMax} wierszy. Podziel go i wyślij części.',
    ],
  },
  'file-too-many-columns': {
    en: ['The sheet has too many columns', 'A sheet may have at most {columnsMax} columns.'],
    pl: ['Arkusz ma za dużo kolumn', 'Arkusz może mieć najwyżej {columnsMax} kolumn.'],
  },
  'file-beyond-limits': {
    en: [
      'The file goes beyond what can be read safely',
      'Save it again in a spreadsheet program, without macros and decorations.',
    ],
    pl: [
      'Plik przekracza granice bezpiecznego odczytu',
      'Zapisz go na nowo w arkuszu kalkulacyjnym, bez makr i ozdobników.',
    ],
  },
  'idempotency-key-reused': {
    en: [
      'The idempotency key was used for another request',
      'Use a new Idempotency-Key for a new request.',
    ],
    pl: [
      'Klucz idempotencji użyto do innego żądania',
      'Użyj nowego klucza Idempotency-Key dla nowego żądania.',
    ],
  },
  'idempotency-key-held': {
    en: [
      'The import of the idempotency key is being deleted',
      'Send the file again when it is gone, or use a new Idempotency-Key.',
    ],
    pl: [
      'Import o tym kluczu idempotencji jest usuwany',
      'Wyślij plik ponownie, gdy zniknie, albo użyj nowego klucza Idempotency-Key.',
    ],
  },
  'sheet-unknown': {
    en: ['There is no such sheet', 'The workbook has no worksheet named "{sheet}".'],
    pl: ['Nie ma takiego arkusza', 'Skoroszyt nie ma arkusza o nazwie „{sheet}”.'],
  },
  'sheet-unreadable': {
    en: [
      'The sheet is damaged',
      'The sheet "{sheet}" cannot be read. Choose another one, or save the file anew in a spreadsheet program and upload it again.',
    ],
    pl: [
      'Arkusz jest uszkodzony',
      'Nie można odczytać arkusza „{sheet}”. Wybierz inny albo zapisz plik na nowo w arkuszu kalkulacyjnym i wyślij go ponownie.',
    ],
  },
  'mapping-missing': {
    en: [
      'The import has no mapping yet',
      'Set the mapping with PUT /v1/imports/{id}/mapping first.',
    ],
    pl: [
      'Import nie ma jeszcze mapowania',
      'Najpierw ustaw mapowanie: PUT /v1/imports/{id}/mapping.',
    ],
  },
  'mapping-empty': {
    en: ['The mapping is empty', 'Assign at least one column to a contact field.'],
    pl: ['Mapowanie jest puste', 'Przypisz co najmniej jedną kolumnę do pola kontaktu.'],
  },
  'mapping-field-twice': {
    en: ['A field is assigned twice', 'The field {field} takes one column at most.'],
    pl: ['Pole przypisano dwa razy', 'Pole {field} przyjmuje najwyżej jedną kolumnę.'],
  },
  'mapping-column-twice': {
    en: ['A column is assigned twice', 'Column {column} may be assigned to one field at most.'],
    pl: [
      'Kolumnę przypisano dwa razy',
      'Kolumnę {column} można przypisać najwyżej do jednego pola.',
    ],
  },
  'mapping-unknown-field': {
    en: ['There is no such contact field', 'The contact field {field} does not exist.'],
    pl: ['Nie ma takiego pola kontaktu', 'Pole kontaktu {field} nie istnieje.'],
  },
  'mapping-unknown-column': {
    en: [
      'There is no such column',
      'Column {column} is outside the sheet, which has {columns} columns.',
    ],
    pl: [
      'Nie ma takiej kolumny',
      'Kolumna {column} leży poza arkuszem, który ma {columns} kolumn.',
    ],
  },
  'mapping-unknown-region': {
    en: ['There is no such region', 'The region {region} is not a country with phone numbers.'],
    pl: ['Nie ma takiego regionu', 'Region {region} nie jest krajem z numerami telefonów.'],
  },
  'mapping-required-unmapped': {
    en: [
      'A required field has no column',
      'Assign a column to the field {field} that is required.',
    ],
    pl: ['Wymagane pole nie ma kolumny', 'Przypisz kolumnę do wymaganego pola {field}.'],
  },
  'mapping-no-rows': {
    en: [
      'The sheet has no data rows',
      'Choose a sheet with data rows, or say that row 1 holds no column names.',
    ],
    pl: [
      'Arkusz nie ma wierszy z danymi',
      'Wybierz arkusz z danymi albo zaznacz, że wiersz 1 nie jest nagłówkiem.',
    ],
  },
  'contact-field-taken': {
    en: [
      'The contact field exists',
      'There is a contact field with the key {key} already. Choose another key, or change that field.',
    ],
    pl: [
      'Pole kontaktu już istnieje',
      'Pole kontaktu o kluczu {key} już istnieje. Wybierz inny klucz albo zmień tamto pole.',
    ],
  },
  'contact-field-choices': {
    en: [
      'The choices do not fit the field',
      'A field of the type choice has at least one choice, and no other field has any. Its values differ, also in letter case.',
    ],
    pl: [
      'Lista wartości nie pasuje do pola',
      'Pole typu choice ma co najmniej jedną wartość do wyboru, a inne pola nie mają żadnej. Wartości różnią się nie tylko wielkością liter.',
    ],
  },
  'contact-field-too-large': {
    en: [
      'The contact field is too large',
      'It takes {bytes} bytes, and {bytesMax} is the most. Leave out choices, or shorten their names.',
    ],
    pl: [
      'Pole kontaktu jest za duże',
      'Zajmuje {bytes} B, a może zajmować najwyżej {bytesMax} B. Pomiń część wartości albo skróć ich nazwy.',
    ],
  },
  'contact-fields-too-many': {
    en: [
      'There are too many custom fields',
      'There may be {fieldsMax}. Delete one that nobody uses.',
    ],
    pl: [
      'Jest za dużo własnych pól',
      'Może ich być {fieldsMax}. Usuń pole, którego nikt nie używa.',
    ],
  },
  'contact-field-built-in': {
    en: [
      'The contact field is built in',
      'The contact field {key} is the same for all: it can be neither changed nor deleted.',
    ],
    pl: [
      'Pole kontaktu jest wbudowane',
      'Pole kontaktu {key} jest wspólne dla wszystkich: nie można go zmienić ani usunąć.',
    ],
  },
  'template-unknown': {
    en: [
      'There is no such mapping template',
      'No mapping template has the id or the name "{template}".',
    ],
    pl: [
      'Nie ma takiego szablonu mapowania',
      'Żaden szablon mapowania nie ma identyfikatora ani nazwy „{template}”.',
    ],
  },
  'template-column-missing': {
    en: [
      'The sheet lacks a column of the template',
      'No column is named "{name}" in row {row} of the sheet {sheet}. Choose the sheet and the row of names, or assign the columns by their numbers.',
    ],
    pl: [
      'W arkuszu brakuje kolumny z szablonu',
      'W wierszu {row} arkusza {sheet} nie ma kolumny „{name}”. Wybierz arkusz i wiersz z nazwami albo przypisz kolumny po numerach.',
    ],
  },
  'template-name-taken': {
    en: [
      'The mapping template exists',
      'There is a mapping template named "{name}" already. Choose another name, or replace that template.',
    ],
    pl: [
      'Szablon mapowania już istnieje',
      'Szablon mapowania o nazwie „{name}” już istnieje. Wybierz inną nazwę albo zastąp tamten szablon.',
    ],
  },
  'template-too-large': {
    en: [
      'The mapping template is too large',
      'It takes {bytes} bytes, and {bytesMax} is the most. Leave out columns, or shorten the words for no value.',
    ],
    pl: [
      'Szablon mapowania jest za duży',
      'Zajmuje {bytes} B, a może zajmować najwyżej {bytesMax} B. Pomiń część kolumn albo skróć teksty pustych wartości.',
    ],
  },
  'templates-too-many': {
    en: [
      'There are too many mapping templates',
      'There may be {templatesMax}. Delete one that nobody uses.',
    ],
    pl: [
      'Jest za dużo szablonów mapowania',
      'Może ich być {templatesMax}. Usuń szablon, którego nikt nie używa.',
    ],
  },
  'mapping-implausible': {
    en: [
      'The mapping is not plausible',
      'Column {letter} is mapped to {field}, and only {percent}% of its values can be read as such. Correct the mapping, or set it with force: true.',
    ],
    pl: [
      'Mapowanie jest mało wiarygodne',
      'Kolumnę {letter} zmapowano na pole {field}, a tylko {percent}% jej wartości da się tak odczytać. Popraw mapowanie albo ustaw je z force: true.',
    ],
  },
  'row-unknown': {
    en: ['There is no such row', 'The import has the rows {first} to {last} of its sheet.'],
    pl: ['Nie ma takiego wiersza', 'Import obejmuje wiersze arkusza od {first} do {last}.'],
  },
  'row-field-unmapped': {
    en: ['The field has no column', 'The import maps no column to this field.'],
    pl: ['Pole nie ma kolumny', 'Import nie przypisuje temu polu żadnej kolumny.'],
  },
  'row-invalid': {
    en: [
      'The values cannot be imported',
      'Correct the values listed in errors and send them again.',
    ],
    pl: [
      'Wartości nie można zaimportować',
      'Popraw wartości wymienione w errors i wyślij je ponownie.',
    ],
  },
  'row-not-repairable': {
    en: [
      'The row cannot be repaired',
      'Row {row} has no refused cell that these values could mend; reason says why.',
    ],
    pl: [
      'Wiersza nie można naprawić',
      'Wiersz {row} nie ma odrzuconej komórki, którą te wartości mogłyby naprawić; reason mówi dlaczego.',
    ],
  },
  'row-not-rejected': {
    en: [
      'The row was not rejected',
      'Row {row} is none that was rejected: only such a row can be discarded.',
    ],
    pl: [
      'Wiersz nie został odrzucony',
      'Wiersz {row} nie należy do odrzuconych: tylko taki można pominąć.',
    ],
  },
  'import-state-conflict': {
    en: [
      'The import is in a state that does not allow this',
      'The import is {status}; this is possible when it is {allowed}.',
    ],
    pl: [
      'Stan importu na to nie pozwala',
      'Import jest w stanie {status}; to jest możliwe w stanie {allowed}.',
    ],
  },
  'validation-not-running': {
    en: ['No validation is under way', 'The import has no validation that is queued or running.'],
    pl: [
      'Żadne sprawdzanie nie trwa',
      'Import nie ma sprawdzania, które czeka w kolejce lub trwa.',
    ],
  },
  'correction-original-unknown': {
    en: [
      'The import to correct is unknown',
      'There is no import {corrects} whose rows could be corrected. Upload the list without "corrects" to import it as a new group.',
    ],
    pl: [
      'Nieznany import do poprawienia',
      'Nie ma importu {corrects}, którego wiersze można poprawić. Prześlij listę bez "corrects", aby zaimportować ją jako nową grupę.',
    ],
  },
  'correction-original-moving': {
    en: [
      'The import to correct is under way',
      'Its rows can be corrected once it is completed, failed or cancelled. Start the correction then.',
    ],
    pl: [
      'Import do poprawienia jest w toku',
      'Jego wiersze można poprawić, gdy się zakończy lub zostanie anulowany. Uruchom wtedy poprawkę.',
    ],
  },
  'correction-rows-missing': {
    en: [
      'The list names no rows',
      'The first column must hold the numbers of the rows that are corrected. Download the sheet of faulty rows and correct it without removing columns.',
    ],
    pl: [
      'Lista nie wskazuje wierszy',
      'Pierwsza kolumna musi zawierać numery poprawianych wierszy. Pobierz arkusz błędnych wierszy i popraw go bez usuwania kolumn.',
    ],
  },
  'correction-columns-differ': {
    en: [
      'The columns are not those of the import',
      'Column {letter} is called "{name}" and should be "{expected}". Correct the list without moving, adding or removing columns.',
    ],
    pl: [
      'Kolumny są inne niż w imporcie',
      'Kolumna {letter} nazywa się „{name}”, a powinna „{expected}”. Popraw listę bez przesuwania, dodawania i usuwania kolumn.',
    ],
  },
  'correction-mapping-fixed': {
    en: [
      'A correction has the mapping of its import',
      'Its mapping cannot be set. Delete the correction and upload the list as a new import to map it otherwise.',
    ],
    pl: [
      'Poprawka ma mapowanie swojego importu',
      'Jej mapowania nie można ustawić. Usuń poprawkę i prześlij listę jako nowy import, aby zmapować ją inaczej.',
    ],
  },
  'correction-without-validation': {
    en: [
      'A correction cannot be validated',
      'Start it: rows that are still wrong change nothing, and are listed as its issues.',
    ],
    pl: [
      'Poprawki nie można sprawdzić na próbę',
      'Uruchom ją: wiersze, które nadal są błędne, niczego nie zmienią i znajdą się na liście jej błędów.',
    ],
  },
  'correction-without-contacts': {
    en: [
      'A correction has no contacts of its own',
      'Its contacts belong to the import that it corrects. Assign that one: the campaigns of an import take its repaired rows in.',
    ],
    pl: [
      'Poprawka nie ma własnych kontaktów',
      'Jej kontakty należą do poprawianego importu. Przypisz ten import: jego kampanie przejmują poprawione wiersze.',
    ],
  },
  'import-not-started': {
    en: [
      'The import was not started yet',
      'Start the import first; its contacts join the campaign as they come in.',
    ],
    pl: [
      'Import nie został jeszcze uruchomiony',
      'Najpierw uruchom import; jego kontakty trafią do kampanii w miarę importowania.',
    ],
  },
  'assignment-being-removed': {
    en: [
      'The assignment is being removed',
      'Its places are being taken out of the campaign. Assign the import again when that is done.',
    ],
    pl: [
      'Przypisanie jest usuwane',
      'Jego miejsca są właśnie usuwane z kampanii. Przypisz import ponownie, gdy to się zakończy.',
    ],
  },
  'import-poisoned': {
    en: [
      'The import was stopped',
      'The file crashed the import {crashes} times. Save it again and upload it again.',
    ],
    pl: [
      'Import zatrzymano',
      'Plik {crashes} razy przerwał pracę importu. Zapisz go na nowo i wyślij ponownie.',
    ],
  },
  'import-source-changed': {
    en: [
      'The import cannot be continued',
      'The stored file or its mapping differs from what the import started with. Upload the file again.',
    ],
    pl: [
      'Nie można kontynuować importu',
      'Zapisany plik lub jego mapowanie różni się od początkowego. Wyślij plik ponownie.',
    ],
  },
  'database-too-slow': {
    en: [
      'The database is too slow to go on',
      'It did not store a single row in time, several times in a row. Start the import again when the database is faster.',
    ],
    pl: [
      'Baza danych jest zbyt wolna, by kontynuować',
      'Kilka razy z rzędu nie zapisała na czas nawet jednego wiersza. Wznów import, gdy baza danych przyspieszy.',
    ],
  },
  'storage-full': {
    en: [
      'There is no room to go on',
      'The disk of the service or of its database is full. Start the import again when there is room.',
    ],
    pl: [
      'Brak miejsca, by kontynuować',
      'Dysk usługi lub jej bazy danych jest pełny. Wznów import, gdy będzie miejsce.',
    ],
  },
  'campaign-name-taken': {
    en: ['The campaign exists', 'There is a campaign named "{name}" already.'],
    pl: ['Kampania już istnieje', 'Kampania o nazwie „{name}” już istnieje.'],
  },
  'service-busy': {
    en: ['The service is busy', 'Too much is going on at the same time. Try again in a moment.'],
    pl: ['Usługa jest zajęta', 'Zbyt wiele dzieje się jednocześnie. Spróbuj ponownie za chwilę.'],
  },
  'service-unavailable': {
    en: [
      'The service is not available',
      'A part that it depends on does not answer. Try again in a moment.',
    ],
    pl: [
      'Usługa jest niedostępna',
      'Część, od której zależy, nie odpowiada. Spróbuj ponownie za chwilę.',
    ],
  },
  'internal-error': {
    en: ['An unexpected error', 'The error was logged under the id {requestId}.'],
    pl: ['Nieoczekiwany błąd', 'Błąd zapisano w dzienniku pod identyfikatorem {requestId}.'],
  },
} as const satisfies Record<string, ErrorTexts>
