package io.waybill.core;

/**
 * One field that broke one rule.
 *
 * @param field path of the field in the request, as the client wrote it: {@code
 *     objects[0].file_size_bytes}
 * @param code of an {@link EntryCode}, as it is written
 * @param message what is wrong and what would be right
 */
public record FieldError(String field, String code, String message) {

  public FieldError {
    if (EntryCode.of(code).isEmpty()) {
      throw new IllegalArgumentException("no entry has the code " + code);
    }
  }

  public FieldError(String field, EntryCode code, String message) {
    this(field, code.code(), message);
  }
}
