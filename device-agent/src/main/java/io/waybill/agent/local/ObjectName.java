package io.waybill.agent.local;

/** What a local file is called on the server, where names are safe to save a download under. */
public final class ObjectName {

  private static final int MOST_BYTES = 1024;
  private static final String NOTHING_LEFT = "upload.bin";

  private ObjectName() {}

  /** Every local name has a legal one; what a name may not hold becomes {@code _}. */
  public static String of(String fileName) {
    String legal = text(fileName);
    if (legal.matches("[A-Za-z]:.*")) {
      legal = legal.charAt(0) + "_" + legal.substring(2);
    }
    return switch (legal) {
      case "", ".", ".." -> NOTHING_LEFT;
      default -> cut(legal.isBlank() ? "_".repeat(legal.length()) : legal);
    };
  }

  /** Text for people, without what steers a terminal or is no character. */
  public static String text(String given) {
    StringBuilder legal = new StringBuilder(given.length());
    given
        .codePoints()
        .map(point -> point == '\\' || point == '/' || Shown.steers(point) ? '_' : point)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }

  private static String cut(String name) {
    String shorter = name;
    while (ByteText.bytes(shorter).length > MOST_BYTES) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }
}
