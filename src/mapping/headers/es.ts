/** Spanish column names. */
import type { HeaderWords } from './header-words.ts'

export const es: HeaderWords = {
  language: 'es',
  fields: {
    firstName:
      'nombre|nombres|nombre de pila|primer nombre|nombre del cliente|nombre cliente|nombre contacto',
    lastName:
      'apellidos|apellido|primer apellido|apellido paterno|apellidos del cliente|apellido cliente',
    fullName: `nombre completo|nombre y apellidos|nombres y apellidos|nombre y apellido|apellidos y nombre
      |apellidos, nombre|persona de contacto|contacto|nombre apellidos|apellidos y nombres|apellido y nombre`,
    title: 'tratamiento|título|titulo|sr sra',
    companyName: `empresa|nombre de la empresa|nombre empresa|razón social|compañía|organización|sociedad|negocio
      |nombre comercial|denominación social|institución|entidad`,
    position: 'cargo|puesto|puesto de trabajo|profesión|ocupación|función|rol',
    phone: `teléfono|teléfonos|tel|tfno|tlf|telf|tfno contacto|número de teléfono|núm teléfono|nº teléfono|no de teléfono
      |móvil|celular|teléfono móvil|teléfono celular|número de móvil|número de celular|número móvil|número celular
      |teléfono fijo|fijo|teléfono de contacto|teléfono contacto|teléfono particular|teléfono casa|teléfono trabajo
      |número de contacto|cel|tel móvil|tel celular|tel fijo|whatsapp|teléfono principal|num telefono|nro de telefono
      |nro telefono|nro celular|tlfno`,
    email: `correo electrónico|correo|e-mail|email|correo e|dirección de correo|dirección de correo electrónico|mail
      |correo de contacto|correo electronico personal|dirección de email|correo electrónico de contacto|correo personal`,
    street: `calle|dirección|domicilio|calle y número|dirección postal|dirección 1|calle número|dirección completa
      |domicilio particular|vía|nombre de la calle|dirección de residencia`,
    houseNumber:
      'número exterior|núm exterior|número de casa|nº casa|número de portal|portal|num ext|no exterior',
    apartmentNumber:
      'piso|puerta|piso y puerta|número interior|departamento número|núm interior|num int|apartamento|depto',
    postalCode: 'código postal|cp|c p|cód postal|cod postal|código zip',
    city: 'ciudad|población|localidad|municipio|ciudad de residencia|poblacion localidad|pueblo',
    region: 'provincia|región|estado|comunidad autónoma|departamento|estado provincia',
    country: 'país|pais de residencia|nación|código de país|país de residencia',
    taxId:
      'nif|cif|nif cif|cif nif|rfc|rut|cuit|nit|ruc|número de identificación fiscal|número fiscal|id fiscal|nif iva|n i f|c i f',
    nationalId: `dni|nie|dni nie|curp|cédula|cédula de identidad|documento de identidad|documento nacional de identidad
      |número de documento|nº documento|n documento|d n i|cedula identidad|identificación|documento|nif dni`,
    birthDate:
      'fecha de nacimiento|fecha nacimiento|nacimiento|f nacimiento|fec nacimiento|f nac|fecha nac|fec nac|cumpleaños',
    gender: 'sexo|género|sexo h m|genero sexo',
    externalId: `id cliente|número de cliente|nº cliente|código cliente|código de cliente|identificador|núm cliente
      |id de cliente|número de socio|nº socio|referencia|código|id contacto|num cliente|cod cliente|n cliente`,
    website: 'sitio web|página web|web|página|url web|sitio',
    language: 'idioma|lengua|idioma preferido',
    consentPhone:
      'consentimiento teléfono|consentimiento telefónico|acepta llamadas|autoriza llamadas|consentimiento llamadas',
    consentEmail:
      'consentimiento email|consentimiento correo|acepta correos|acepta emails|autoriza correos|acepta newsletter',
    notes:
      'notas|nota|observaciones|observación|comentarios|comentario|descripción|información adicional|otros datos|anotaciones',
  },
  neutral: `cliente|del|de|la|el|los|número|núm|nº|n|nro|no|personal|particular|trabajo|laboral|casa|principal|contacto
    |móvil|celular|fijo|1|titular|socio|alumno|paciente|actual|obligatorio|opcional|y`,
  foreign: `asesor|agente|vendedor|comercial|representante|gestor|consultor|empleado|padre|madre|tutor|cónyuge|esposo
    |esposa|hijo|hijos|emergencia|emergencias|segundo|envío|entrega|proveedor|destinatario|remitente|campaña|pedido
    |factura|facturación|producto|artículo|contrato|póliza|oferta|descuento|cupón|barras|etiqueta|verificado|dominio
    |operador|última|último|anterior|próxima|fecha|hora|estado del|estatus|tipo|clase|categoría|origen|fuente|cantidad
    |total|suma|importe|precio|valor|es|tiene|lugar|fax|banco|iban|cuenta|contraseña|usuario|ip|departamento de|equipo
    |grupo|llamada|llamadas|creado|alta|modificación|matrícula|seguro|transporte|mensajería`,
}
