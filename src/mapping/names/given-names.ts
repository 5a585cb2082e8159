/**
 * The commonest given names, by language, of women and men. Data; compiled by hand from what the statistical offices
 * publish: GUS and the register PESEL (pl), ONS and the SSA (en), GfdS (de), INE (es, pt), INSEE (fr), ISTAT (it), ČSÚ and
 * the ministry of the interior (cs, sk), the ministry of justice (uk), KSH (hu), INS (ro), VLKK (lt), SCB (sv), DST (da), SVB (nl).
 * A list says that a column holds given names; it never changes a name.
 */
export const givenNames: Readonly<Record<string, string>> = {
  pl: `Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Zofia Joanna Aleksandra Teresa Monika
    Danuta Jadwiga Natalia Karolina Beata Marta Dorota Halina Irena Janina Jolanta Justyna Alicja Paulina Bożena Grażyna Iwona Sylwia
    Urszula Julia Helena Renata Marianna Patrycja Wiesława Stanisława Kinga Aneta Emilia Edyta Genowefa Wanda Oliwia Marzena Lucyna
    Kamila Wiktoria Henryka Weronika Izabela Gabriela Klaudia Zuzanna Maja Hanna Lena Olga Kazimiera Mirosława Ilona Marlena Michalina
    Dominika Angelika Ewelina Regina Celina Daria Nikola Milena Aniela Antonina Lidia Bogumiła Łucja Zdzisława Amelia Laura Nina Pola
    Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Adam Stanisław Marek Łukasz Grzegorz Mateusz Wojciech Mariusz Dariusz
    Zbigniew Rafał Maciej Robert Jerzy Kamil Jacek Dawid Józef Szymon Tadeusz Ryszard Kacper Bartosz Artur Jarosław Sławomir Janusz
    Mirosław Filip Henryk Kazimierz Sebastian Roman Damian Patryk Przemysław Daniel Antoni Wiesław Karol Arkadiusz Marian Leszek
    Adrian Dominik Bartłomiej Konrad Mikołaj Czesław Aleksander Radosław Franciszek Edward Bogdan Wiktor Hubert Mieczysław Zdzisław
    Igor Norbert Kajetan Leon Ignacy Oskar Krystian Cezary Waldemar Władysław Emil Witold Bogusław Eugeniusz Ireneusz Lech Zenon Stefan
    Miłosz Alan Tymon Nikodem Borys Maksymilian Oliwier Aldona Bernadeta Bronisława Felicja Honorata Kornelia Liliana Malwina Róża`,
  en: `James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Mark Donald Steven
    Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen
    Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Jerry Tyler Aaron Henry Peter Adam
    Nathan Douglas Zachary Kyle Noah Ethan Oliver Harry Jack Charlie Liam Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica
    Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie
    Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley Brenda Emma Pamela Nicole Helen Samantha Katherine Christine Debra Rachel
    Carolyn Janet Catherine Heather Diane Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Megan
    Andrea Hannah Jacqueline Martha Gloria Ann Sophia Alice Jean Grace Sophie Charlotte Amelia Isla Freya Jane Chloe Fiona Claire Tom
    Mike Chris Steve Dave Bob Jim Joe Dan Ben Sam Matt Nick Tony Kate Lucy Anne Philip Simon Martin Neil Graham Ian Keith Alan Stuart`,
  de: `Peter Wolfgang Michael Werner Klaus Thomas Manfred Helmut Jürgen Heinz Gerhard Andreas Hans Josef Günter Dieter Horst Walter
    Frank Bernd Karl Herbert Franz Martin Uwe Georg Heinrich Stefan Christian Karl-Heinz Rudolf Kurt Hermann Johann Wilhelm Siegfried
    Rolf Joachim Friedrich Alfred Rainer Jörg Alexander Matthias Markus Tobias Florian Sven Jan Lukas Leon Felix Jonas Max Paul Ben
    Sebastian Daniel Christoph Dirk Ralf Torsten Thorsten Holger Jens Kai Ulrich Ursula Maria Monika Petra Elisabeth Sabine Renate
    Helga Karin Brigitte Ingrid Erika Andrea Gisela Claudia Susanne Gabriele Christa Christine Hildegard Anna Birgit Barbara Gertrud
    Heike Marianne Angelika Irmgard Martina Ute Ilse Stefanie Katrin Kerstin Anja Nicole Julia Sandra Melanie Katharina Silke Lena
    Laura Hannah Mia Emma Sophie Marie Lea Leonie Johanna Jana Antje Bettina Cornelia Doris Eva Heidi Ingeborg Jutta Margarete Simone`,
  es: `Antonio José Manuel Francisco David Juan Javier Daniel Jesús Carlos Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Fernando
    Jorge Luis Alberto Álvaro Adrián Diego Raúl Iván Enrique Rubén Ramón Vicente Óscar Andrés Joaquín Santiago Víctor Eduardo Mario
    Roberto Jaime Marcos Ignacio Hugo Jordi Ricardo Salvador Guillermo Gabriel Emilio Julio Gonzalo Martín Tomás Agustín Nicolás
    María Carmen Josefa Isabel Ana Laura Cristina Marta Antonia Dolores Lucía Pilar Elena Sara Paula Raquel Mercedes Manuela Beatriz
    Rosario Juana Teresa Julia Encarnación Silvia Irene Patricia Montserrat Alba Andrea Rosa Rocío Mónica Alicia Sonia Sandra Marina
    Ángela Susana Natalia Yolanda Margarita Eva Claudia Inmaculada Sofía Carla Esther Noelia Verónica Nuria Inés Lorena Consuelo Celia`,
  fr: `Jean Pierre Michel André Philippe Alain Jacques Bernard Marcel Daniel Roger Robert Paul Claude Christian Henri Georges Nicolas
    Christophe Patrick Frédéric David Laurent Stéphane Éric Olivier Julien Sébastien Thierry Pascal Gérard Guillaume Alexandre Thomas
    Maxime Antoine Romain Kevin Jérôme François Vincent Mathieu Lucas Hugo Louis Gabriel Arthur Jules Didier Bruno Guy René Serge Denis
    Marie Jeanne Françoise Monique Catherine Nathalie Isabelle Jacqueline Anne Sylvie Martine Madeleine Nicole Suzanne Hélène Christine
    Louise Sophie Sandrine Céline Véronique Marguerite Denise Chantal Brigitte Stéphanie Christiane Aurélie Julie Émilie Camille Léa
    Manon Chloé Laura Pauline Marion Mathilde Sarah Claire Emma Valérie Corinne Virginie Élodie Audrey Laetitia Caroline Delphine Inès`,
  it: `Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo Franco Domenico Bruno Paolo Michele
    Giorgio Aldo Sergio Luciano Andrea Marco Alessandro Roberto Stefano Fabio Matteo Luca Davide Simone Lorenzo Federico Riccardo
    Daniele Claudio Maurizio Massimo Alberto Enrico Gianluca Giacomo Filippo Nicola Emanuele Tommaso Leonardo Gabriele Edoardo Raffaele
    Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Laura Giulia Chiara Sara Martina Valentina
    Alessandra Silvia Elisa Federica Elena Paola Roberta Monica Simona Daniela Sofia Aurora Alice Giorgia Barbara Cristina Patrizia
    Antonella Claudia Serena Ilaria Michela Stefania Manuela Luisa Rita Emma Beatrice Camilla Gaia Ginevra Rosanna Marta Eleonora`,
  cs: `Jiří Jan Petr Josef Pavel Martin Tomáš Jaroslav Miroslav Zdeněk František Václav Michal Milan Karel Jakub Lukáš David Vladimír
    Ladislav Ondřej Roman Stanislav Marek Radek Daniel Antonín Vojtěch Filip Adam Miloslav Matěj Aleš Jaromír Libor Dominik Patrik
    Vlastimil Jindřich Miloš Oldřich Lubomír Rudolf Ivan Luboš Robert Štěpán Marie Jana Eva Hana Anna Lenka Kateřina Věra Lucie Alena
    Petra Jaroslava Veronika Martina Jitka Tereza Ludmila Helena Michaela Zdeňka Ivana Jarmila Monika Zuzana Jiřina Markéta Eliška
    Marcela Barbora Dagmar Dana Kristýna Vlasta Božena Irena Miroslava Libuše Pavla Marta Andrea Nikola Šárka Adéla Natálie Klára
    Romana Blanka Iveta Renata Gabriela Olga Simona Denisa Radka Karolína Květa Milada Růžena Ivona`,
  sk: `Ján Peter Jozef Michal Martin Štefan Milan Marek Tomáš Miroslav František Ladislav Juraj Igor Ivan Vladimír Lukáš Pavol Matej
    Marián Patrik Jakub Rastislav Dušan Ľubomír Róbert Branislav Radoslav Andrej Stanislav Richard Filip Mária Anna Zuzana Katarína Eva
    Jana Helena Monika Martina Ivana Lucia Viera Veronika Alžbeta Margita Michaela Kristína Andrea Anežka Gabriela Lenka Natália
    Dominika Simona Petra Silvia Renáta Daniela Emília Oľga Beáta Erika Ľubica Tatiana Barbora Adriana Nikola`,
  uk: `Олександр Сергій Володимир Андрій Микола Віктор Дмитро Іван Юрій Василь Олексій Анатолій Михайло Ігор Євген Олег Максим Роман
    Богдан Петро Валерій Віталій Ярослав Тарас Павло Денис Руслан Станіслав Вадим Артем Назар Степан Григорій Костянтин Данило Кирило
    Тетяна Наталія Олена Ірина Марія Ольга Світлана Людмила Галина Оксана Ганна Юлія Катерина Надія Валентина Вікторія Любов Лариса
    Анна Інна Аліна Яна Дарина Софія Анастасія Христина Леся Соломія Аліса Діана Лілія Віра Ніна Зоя Oleksandr Serhii Volodymyr Andrii
    Mykola Viktor Dmytro Ivan Yurii Vasyl Oleksii Mykhailo Ihor Yevhen Oleh Maksym Roman Petro Vitalii Taras Olena Iryna Nataliia Tetiana
    Oksana Svitlana Yuliia Kateryna Liudmyla Halyna Nadiia Viktoriia Mariia Olha`,
  ru: `Александр Сергей Владимир Андрей Алексей Николай Дмитрий Иван Михаил Евгений Виктор Юрий Максим Василий Анатолий Игорь Олег
    Павел Константин Роман Валерий Виталий Денис Антон Илья Кирилл Артём Егор Никита Пётр Григорий Станислав Вячеслав Борис Леонид
    Елена Татьяна Наталья Ольга Ирина Светлана Мария Людмила Галина Анна Екатерина Надежда Валентина Юлия Анастасия Марина Нина
    Любовь Виктория Лариса Ксения Оксана Вера Алина Дарья Евгения Полина Софья Вероника Кристина Маргарита`,
  pt: `José João António Manuel Francisco Carlos Paulo Pedro Luís Miguel Rui Jorge Nuno Tiago Ricardo Bruno Hugo André Diogo Gonçalo
    Filipe Duarte Afonso Rodrigo Marcos Lucas Luiz Gabriel Rafael Marcelo Eduardo Felipe Maria Ana Francisca Antónia Adriana Juliana
    Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Beatriz Joana Inês Catarina
    Sofia Rita Teresa Margarida Carla Cristina Isabel Helena Paula Matilde Leonor`,
  nl: `Johannes Jan Cornelis Hendrik Willem Pieter Gerrit Jacobus Jeroen Daan Sem Bram Lars Thijs Sander Bart Maarten Wouter Joost
    Kees Henk Wim Piet Koen Ruben Stijn Dirk Erik Marco Johanna Cornelia Hendrika Anna Elisabeth Wilhelmina Margaretha Sanne Lotte
    Femke Anouk Marieke Ingrid Monique Linda Esther Saskia Petra Marjolein Iris Fleur Eva Julia Tess Anneke Ilse Inge Mieke Els`,
  ro: `Ion Gheorghe Nicolae Vasile Constantin Alexandru Andrei Mihai Florin Ioan Adrian Daniel Marian Cristian Gabriel Ionuț Dumitru
    Marius Ștefan Bogdan Radu Cătălin Vlad Răzvan Dan Sorin Maria Elena Ana Ioana Mihaela Andreea Cristina Daniela Alexandra Georgeta
    Gabriela Mariana Florentina Nicoleta Simona Raluca Adriana Carmen Roxana Alina Bianca Diana`,
  hu: `László István József János Zoltán Sándor Gábor Ferenc Attila Péter Tamás Zsolt Tibor András Csaba Imre Lajos György Balázs Gyula
    Mihály Károly Róbert Béla Bence Máté Levente Ádám Dávid Mária Erzsébet Katalin Ilona Éva Anna Zsuzsanna Margit Judit Ágnes Andrea
    Erika Julianna Krisztina Ildikó Eszter Tímea Edit Réka Nóra Viktória Zsófia Hanna Boglárka Gabriella`,
  lt: `Jonas Vytautas Antanas Tomas Mindaugas Andrius Darius Arūnas Mantas Lukas Juozas Petras Algirdas Marius Paulius Rimantas Gintaras
    Kęstutis Saulius Aurimas Karolis Matas Irena Janina Ona Birutė Danutė Aldona Daiva Rasa Kristina Jolanta Inga Rūta Eglė Gintarė Laima
    Nijolė Vida Lina Asta Audronė Jurgita Simona`,
  sv: `Karl Erik Lars Anders Per Mikael Johan Olof Nils Jan Gustav Hans Peter Lennart Fredrik Thomas Sven Björn Bengt Bo Åke Göran
    Magnus Mats Henrik Stefan Oskar Emil Axel Maria Anna Margareta Elisabeth Eva Kristina Birgitta Karin Marie Elin Ingrid Linnéa Sofia
    Kerstin Lena Helena Marianne Emma Johanna Inger Sara Cecilia Ulla Gunilla Annika Åsa Malin Astrid`,
  da: `Peter Michael Jens Lars Henrik Thomas Søren Jan Christian Martin Niels Anders Morten Jesper Hans Jørgen Mads Rasmus Per Ole
    Kasper Mikkel Frederik Anne Mette Kirsten Hanne Anna Helle Maria Susanne Lene Marianne Camilla Karen Inge Charlotte Pia Lone
    Birgit Louise Gitte Bente Jette Tina Ida Freja Laerke Signe`,
}
