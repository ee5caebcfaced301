package io.waybill.wire;

import java.util.HashSet;
import java.util.Set;

/** Walks one JSON document, strictly, up to the first thing in it that is not right. */
final class JsonScan {

  private static final String CUT_OFF = "it ends before its last bracket or quote";
  private static final String QUOTES = "texts and names stand in double quotes";
  private static final String LAST_COMMA = "no comma stands before a closing bracket";
  private static final String NOT_A_NUMBER = "NaN and Infinity are not numbers of JSON";
  private static final String HEX = "0123456789abcdefABCDEF";

  private final CharSequence text;
  private int at;

  JsonScan(CharSequence text) {
    this.text = text;
  }

  /** Ends the search. */
  static final class Found extends Exception {
    private static final long serialVersionUID = 1L;
    final String reason;
    final int place; // its index in the text

    Found(String reason, int place) {
      super(reason, null, false, false);
      this.reason = reason;
      this.place = place;
    }
  }

  /** Walks the whole text. */
  void walk() throws Found {
    value(0);
    skipSpace();
    if (at < text.length()) {
      throw found("something follows its end: one message is one JSON document");
    }
  }

  private void value(int depth) throws Found {
    skipSpace();
    switch (peek()) {
      case '{' -> object(inside(depth));
      case '[' -> array(inside(depth));
      case '"' -> string();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case '+' -> throw found("a number has no leading +");
      case '.' -> throw found("a number has a digit before its point");
      case '\'' -> throw found(QUOTES);
      default -> literal();
    }
  }

  private int inside(int depth) throws Found {
    if (depth == WireLimits.NESTING) {
      throw found("objects and lists stand at most " + WireLimits.NESTING + " deep in each other");
    }
    at++;
    return depth + 1;
  }

  private void object(int depth) throws Found {
    Set<String> names = new HashSet<>();
    skipSpace();
    while (peek() != '}') {
      int start = at;
      name(names, start);
      skipSpace();
      if (peek() != ':') {
        throw found("a colon is expected");
      }
      at++;
      value(depth);
      separator('}');
    }
    at++;
  }

  private void name(Set<String> names, int start) throws Found {
    char first = peek();
    if (first != '"') {
      throw found(
          first == '\'' || Character.isLetter(first) ? QUOTES : "a name in quotes is expected");
    }
    String name = string();
    if (name.length() > WireLimits.NAME_CHARS) {
      throw new Found("a name has at most " + WireLimits.NAME_CHARS + " characters", start);
    }
    if (!names.add(name)) {
      throw new Found("this object has a field of this name already", start);
    }
  }

  private void array(int depth) throws Found {
    skipSpace();
    while (peek() != ']') {
      value(depth);
      separator(']');
    }
    at++;
  }

  /** Goes on behind a comma, or stops before the closing bracket. */
  private void separator(char closing) throws Found {
    skipSpace();
    char next = peek();
    if (next == closing) {
      return;
    }
    if (next != ',') {
      throw found("a comma or a closing bracket is expected");
    }
    int comma = at;
    at++;
    skipSpace();
    if (peek() == closing) {
      throw new Found(LAST_COMMA, comma);
    }
  }

  private String string() throws Found {
    StringBuilder read = new StringBuilder();
    at++;
    while (peek() != '"') {
      char c = peek();
      if (c < ' ') {
        throw found("a control character inside quotes is written with a backslash");
      }
      read.append(c == '\\' ? escaped() : c);
      at++;
    }
    at++;
    return read.toString();
  }

  private char escaped() throws Found {
    int start = at;
    at++;
    return switch (peek()) {
      case '"', '\\', '/' -> peek();
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode(start);
      default -> throw new Found("there is no such character with a backslash", start);
    };
  }

  private char unicode(int start) throws Found {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      if (HEX.indexOf(peek()) < 0) {
        throw new Found("a backslash and u have four hexadecimal digits behind them", start);
      }
      code = code * 16 + Character.digit(peek(), 16);
    }
    return (char) code;
  }

  private void number() throws Found {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == 'I') {
      throw new Found(NOT_A_NUMBER, start);
    }
    int whole = at;
    if (digits() > 1 && text.charAt(whole) == '0') {
      throw new Found("a number has no leading zeros", start);
    }
    if (isNext('.')) {
      at++;
      digits();
    }
    if (isNext('e') || isNext('E')) {
      at++;
      if (isNext('+') || isNext('-')) {
        at++;
      }
      if (digits() > 9) {
        throw new Found("a number is beyond every range", start);
      }
    }
    if (at - start > WireLimits.NUMBER_DIGITS) {
      throw new Found("a number has at most " + WireLimits.NUMBER_DIGITS + " digits", start);
    }
  }

  private int digits() throws Found {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      peek();
      throw found("a digit is expected");
    }
    return at - start;
  }

  private void literal() throws Found {
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    String word = text.subSequence(start, at).toString();
    switch (word) {
      case "true", "false", "null" -> {}
      case "NaN", "nan", "NAN", "Infinity", "inf", "INF" -> throw new Found(NOT_A_NUMBER, start);
      default ->
          throw new Found(
              at == text.length() && isCutOff(word) ? CUT_OFF : "a value is expected", start);
    }
  }

  private static boolean isCutOff(String word) {
    return !word.isEmpty()
        && ("true".startsWith(word) || "false".startsWith(word) || "null".startsWith(word));
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean isNext(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  private char peek() throws Found {
    if (at >= text.length()) {
      throw found(text.isEmpty() ? "there is no JSON in it" : CUT_OFF);
    }
    return text.charAt(at);
  }

  private Found found(String reason) {
    return new Found(reason, at);
  }
}
