/** Turns answers into JSON by their schemas. It compiles a schema when the first answer of its kind is sent. */
import SerializerSelector from '@fastify/fast-json-stringify-compiler'

/**
 * Fastify by itself compiles the schema of every status of every route before it listens, which takes a fifth of the time
 * of a start. Most of these schemas are of refusals that a process never sends.
 */
export const buildSerializer: SerializerSelector.SerializerFactory = (namedSchemas, options) => {
  const compile = SerializerSelector()(namedSchemas, options)
  return route => {
    let serialize: SerializerSelector.Serializer | undefined
    return document => {
      serialize ??= compile(route)
      return serialize(document)
    }
  }
}
