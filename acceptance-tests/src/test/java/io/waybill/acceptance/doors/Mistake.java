package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A request that must be refused, in the same words whichever door it comes through.
 *
 * @param answer the HTTP status and the code, as {@code 422 request.validation_failed}
 * @param fields what is said of single fields, as {@code field code}
 */
record Mistake(String name, String command, String payload, String answer, List<String> fields) {

  static Mistake of(String name, String command, String payload, String answer) {
    return new Mistake(name, command, payload, answer, List.of());
  }

  static Mistake ofField(String name, String command, String payload, String... fields) {
    return new Mistake(name, command, payload, "422 request.validation_failed", List.of(fields));
  }

  void isRefusedAt(Door door) {
    Heard heard = door.ask(command, payload);
    assertThat(heard.code()).as("%s: %s", door, heard).isEqualTo(answer.split(" ", 2)[1]);
    assertThat(heard.fields())
        .as("%s: %s", door, heard)
        .containsExactlyInAnyOrderElementsOf(fields);
    if (heard.status() != 0) {
      assertThat(heard.status()).as("status of %s", heard).hasToString(answer.split(" ", 2)[0]);
    }
  }

  @Override
  public String toString() {
    return command + ": " + name;
  }
}
