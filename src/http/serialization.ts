/** Turns answers into JSON by their schemas, each compiled when its answer is first sent. */
import SerializerSelector from '@fastify/fast-json-stringify-compiler'

/**
 * Fastify compiles the schema of every status of every route before it listens: a fifth of the time that a start
 * takes. Most of them are refusals that a process never sends.
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
