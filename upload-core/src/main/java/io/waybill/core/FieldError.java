package io.waybill.core;

/**
 * One field that broke one rule.
 *
 * @param field path of the field in the request, as the client wrote it: {@code
 *     objects[0].file_size_bytes}
 * @param code entry code, such as {@code upload.empty_file}
 * @param message what is wrong and what would be right
 */
public record FieldError(String field, String code, String message) {}
