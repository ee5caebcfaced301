package io.waybill.wire;

import java.util.List;

/** What reading bytes from outside came to. Reading never throws. */
public sealed interface Parsed<T> {

  /** The bytes were what they should be. */
  record Read<T>(T value) implements Parsed<T> {}

  /** The bytes are not one JSON document within the bounds, or repeat a key. */
  record NotJson<T>(String reason) implements Parsed<T> {}

  /** It is JSON, and these fields are wrong: all of them, up to {@link WireLimits#FIELD_ERRORS}. */
  record Invalid<T>(List<FieldError> errors) implements Parsed<T> {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }
}
