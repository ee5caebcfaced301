package io.waybill.wire;

/**
 * One thing wrong with one field; {@code field} is a path such as {@code
 * objects[0].file_size_bytes}.
 */
public record FieldError(String field, String code, String message) {

  /** The field is not one that this request has. */
  public static final String UNKNOWN = "request.unknown_field";

  /** The field must be there. */
  public static final String REQUIRED = "request.field_required";

  /** The field is of another JSON type. */
  public static final String TYPE = "request.field_type";

  /** The type is right, the value is not one that the field may have. */
  public static final String INVALID = "request.field_invalid";

  /** The value is longer, or has more entries, than the field may have. */
  public static final String TOO_LONG = "request.field_too_long";

  /** The value is none of those that there are. */
  public static final String UNKNOWN_VALUE = "request.unknown_value";

  /** The number is too small or too large. */
  public static final String OUT_OF_RANGE = "request.out_of_range";

  /** The field contradicts another one. */
  public static final String CONFLICT = "request.conflict";
}
