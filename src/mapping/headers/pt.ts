/** Portuguese column names. */
import type { HeaderWords } from './header-words.ts'

export const pt: HeaderWords = {
  language: 'pt',
  fields: {
    firstName: 'primeiro nome|nome próprio|nome|nomes|prenome',
    lastName: 'sobrenome|apelido|último nome|sobrenomes|apelidos|nome de família',
    fullName:
      'nome completo|nome e sobrenome|nome e apelido|pessoa de contacto|pessoa de contato|contato|contacto|nome do cliente|nome cliente|nome do contato|nome do contacto',
    title: 'tratamento|título|forma de tratamento',
    companyName:
      'empresa|nome da empresa|razão social|companhia|organização|nome fantasia|denominação social|firma|entidade|nome empresa',
    position: 'cargo|função|profissão|ocupação|posição',
    phone: `telefone|tel|telemóvel|celular|número de telefone|nº de telefone|número de telemóvel|número de celular|telefone celular
      |telefone fixo|fixo|telefone de contacto|telefone de contato|telefone para contato|telefone residencial|telefone comercial
      |nº telefone|nº celular|telefone principal|fone|cel|número de contacto|número de contato|num telefone|contacto telefónico
      |whatsapp|telefones|nº telemóvel|n telefone|numero celular|numero telefone`,
    email:
      'e-mail|email|correio eletrónico|correio eletrônico|endereço de e-mail|endereço de email|mail|endereço eletrónico|endereço eletrônico|e-mail pessoal',
    street:
      'rua|endereço|morada|logradouro|rua e número|endereço completo|morada completa|avenida|endereço residencial|endereço 1',
    houseNumber: 'número da casa|nº da porta|número da porta|nº casa|número do imóvel',
    apartmentNumber: 'apartamento|complemento|andar|fração|apto',
    postalCode: 'código postal|cep|cód postal|cp|cod postal',
    city: 'cidade|localidade|município|cidade de residência',
    region: 'estado|distrito|província|uf|região|concelho|estado uf',
    country: 'país|país de residência|nação|código do país',
    taxId:
      'nif|cnpj|nipc|número de contribuinte|contribuinte|nº contribuinte|número fiscal|nº de contribuinte|número de identificação fiscal',
    nationalId:
      'cpf|rg|cartão de cidadão|bilhete de identidade|documento de identidade|nº cc|identidade|número de identificação civil|nº do cpf',
    birthDate:
      'data de nascimento|nascimento|data nascimento|nascido em|data nasc|dt nascimento|dt nasc|aniversário|data de nasc',
    gender: 'sexo|género|gênero|sexo m f',
    externalId:
      'código do cliente|número de cliente|nº cliente|id cliente|código cliente|identificador|referência|número do cliente|nº de cliente|matrícula|código',
    website: 'site|página web|website|sítio web|endereço web',
    language: 'idioma|língua|idioma preferido',
    consentPhone:
      'consentimento telefone|consentimento telefónico|aceita chamadas|autoriza chamadas|aceita ligações',
    consentEmail:
      'consentimento e-mail|consentimento email|aceita e-mails|autoriza e-mails|aceita newsletter',
    notes:
      'notas|nota|observações|observação|comentários|comentário|descrição|obs|informações adicionais|anotações',
  },
  neutral: `cliente|do|da|de|o|a|número|nº|n|num|pessoal|trabalho|profissional|casa|residencial|comercial|principal|contacto
    |contato|móvel|celular|fixo|sócio|aluno|paciente|atual|obrigatório|opcional|e`,
  foreign: `consultor|agente|vendedor|representante|gestor|gerente|funcionário|pai|mãe|pais|cônjuge|esposa|marido|filho
    |filhos|emergência|entrega|envio|fornecedor|destinatário|remetente|campanha|pedido|encomenda|fatura|faturação|produto
    |artigo|contrato|apólice|oferta|desconto|cupom|barras|etiqueta|verificado|domínio|operadora|última|último|anterior
    |próxima|próximo|data|hora|status|tipo|categoria|fonte|origem|quantidade|total|soma|valor|preço|local|fax|banco|iban
    |conta|senha|utilizador|usuário|ip|departamento|equipa|equipe|grupo|chamada|chamadas|ligação|criação|alteração|seguro|transportadora`,
}
