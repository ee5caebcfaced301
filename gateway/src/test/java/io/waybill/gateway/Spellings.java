package io.waybill.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** One request, to extend an upload, as controllers spell it. */
final class Spellings {
  private static final String MALFORMED = "mqtt.malformed";
  private static final String INVALID = "request.validation_failed";

  private Spellings() {}

  /**
   * What cannot be read.
   *
   * @param isNamed whether it says which request it is, so that the answer can
   */
  @SuppressWarnings("ArrayRecordComponent") // only read by tests
  record Wrong(byte[] bytes, boolean isNamed, String code) {}

  private static String request(String session, String seconds) {
    return ("{\"request_id\":\"%s\",\"command\":\"extend_upload\","
            + "\"payload\":{\"session_id\":\"%s\",\"extend_by_seconds\":%s}}")
        .formatted(UUID.randomUUID(), session, seconds);
  }

  static Map<String, byte[]> forgiven(String session) {
    String plain = request(session, "60");
    byte[] buffer = Arrays.copyOf((plain + "\0{\"old\":").getBytes(UTF_8), 1024);
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("as it should be", plain.getBytes(UTF_8));
    all.put("a byte order mark", ("\ufeff" + plain).getBytes(UTF_8));
    all.put("UTF-16, little end first", ("\ufeff" + plain).getBytes(UTF_16LE));
    all.put("UTF-16, big end first", ("\ufeff" + plain).getBytes(UTF_16BE));
    all.put("a buffer of fixed size with old rubbish", buffer);
    all.put("what ends a line or a text", (plain + " \t\r\n\u0003").getBytes(UTF_8));
    all.put("a whole number with a point", request(session, "60.0").getBytes(UTF_8));
    all.put("a whole number with an exponent", request(session, "6e1").getBytes(UTF_8));
    all.put("an id in capitals", request(session.toUpperCase(Locale.ROOT), "60").getBytes(UTF_8));
    return all;
  }

  static Map<String, Wrong> unreadable(String session) {
    byte[] noise = new byte[500];
    new Random(7).nextBytes(noise);
    Map<String, Wrong> all = new LinkedHashMap<>();
    all.put("noise", new Wrong(noise, false, MALFORMED));
    all.put("nothing", new Wrong(new byte[0], false, MALFORMED));
    all.put("no request id", wrong("{\"command\":\"describe\"}", false, MALFORMED));
    all.put("cut", wrong("{\"request_id\":\"x\",\"comm", true, MALFORMED));
    all.put(
        "no such command",
        wrong("{\"request_id\":\"x\",\"command\":\"reboot\"}", true, "mqtt.unknown_command"));
    all.put("a number as a text", wrong(request(session, "\"60\""), true, INVALID));
    all.put("a plus", wrong(request(session, "+60"), true, MALFORMED));
    all.put("a zero before it", wrong(request(session, "060"), true, MALFORMED));
    all.put("no number", wrong(request(session, "NaN"), true, MALFORMED));
    all.put("a comma too many", wrong(request(session, "60,"), true, MALFORMED));
    all.put("single quotes", wrong(request(session, "'60'"), true, MALFORMED));
    all.put("a field twice", wrong(request(session, "60,\"session_id\":1"), true, MALFORMED));
    all.put("two messages", wrong(request(session, "60").repeat(2), true, MALFORMED));
    all.put(
        "Latin-1",
        new Wrong(request(session, "60,\"reason\":\"ü\"").getBytes(ISO_8859_1), true, MALFORMED));
    return all;
  }

  private static Wrong wrong(String text, boolean isNamed, String code) {
    return new Wrong(text.getBytes(UTF_8), isNamed, code);
  }
}
