package io.waybill.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with one document, noted as it is read: so many complaints and no more.
 *
 * @param path what stands before the name of each field, such as {@code objects[0].}
 * @param errors those of the whole document
 */
record Complaints(String path, List<FieldError> errors) {

  private static final int NAME_CHARS = 128;

  static Complaints none() {
    return new Complaints("", new ArrayList<>());
  }

  /** Those about the fields of an object inside this one. */
  Complaints inside(String name) {
    return new Complaints(path + name + ".", errors);
  }

  void wrong(String name, String code, String message) {
    if (errors.size() < WireLimits.FIELD_ERRORS) {
      errors.add(new FieldError(path + shown(name), code, message));
    }
  }

  private static String shown(String name) {
    String cut = name.length() > NAME_CHARS ? name.substring(0, NAME_CHARS) : name;
    return FreeForm.isStorable(cut) ? cut : "?";
  }
}
