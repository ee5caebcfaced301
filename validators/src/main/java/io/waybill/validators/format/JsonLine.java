package io.waybill.validators.format;

import io.waybill.validators.reading.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whether one line is one JSON value (RFC 8259); nested as deep as {@link #DEEPEST} at most. */
final class JsonLine {

  private static final int DEEPEST = 64;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

  private final String line;
  private final long origin;
  private final List<String> fields = new ArrayList<>();
  private int at;

  JsonLine(String line, long origin) {
    this.line = line;
    this.origin = origin;
  }

  /** The names in the outermost object; none where the value is another one. */
  List<String> fields() {
    value(0);
    blank();
    if (at < line.length()) {
      throw wrong("the line goes on behind its value");
    }
    return fields;
  }

  private void value(int depth) {
    blank();
    switch (next()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void object(int depth) {
    open(depth);
    if (closes('}')) {
      return;
    }
    do {
      blank();
      int start = at;
      string();
      if (depth == 1) {
        fields.add(line.substring(start + 1, at - 1));
      }
      take(':');
      value(depth);
    } while (goesOn('}'));
  }

  private void array(int depth) {
    open(depth);
    if (closes(']')) {
      return;
    }
    do {
      value(depth);
    } while (goesOn(']'));
  }

  private void open(int depth) {
    if (depth > DEEPEST) {
      throw wrong("the value is nested too deep");
    }
    at++;
  }

  private boolean closes(char end) {
    blank();
    if (next() == end) {
      at++;
      return true;
    }
    return false;
  }

  private boolean goesOn(char end) {
    if (closes(end)) {
      return false;
    }
    take(',');
    return true;
  }

  private void string() {
    take('"');
    while (next() != '"') {
      if (next() < ' ') {
        throw wrong("a control character in a string");
      }
      at += next() == '\\' ? 2 : 1;
    }
    at++;
  }

  private void word(String word) {
    if (!line.startsWith(word, at)) {
      throw wrong("no value of JSON");
    }
    at += word.length();
  }

  private void number() {
    var number = NUMBER.matcher(line).region(at, line.length());
    if (!number.lookingAt()) {
      throw wrong("no value of JSON");
    }
    at = number.end();
  }

  private void take(char expected) {
    blank();
    if (next() != expected) {
      throw wrong("%s is expected".formatted(expected));
    }
    at++;
  }

  private void blank() {
    while (at < line.length() && " \t\r\n".indexOf(line.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() {
    if (at >= line.length()) {
      throw wrong("the line ends within its value");
    }
    return line.charAt(at);
  }

  /** The place is right where the text before it is ASCII. */
  private Malformed wrong(String what) {
    return new Malformed(origin + at, what);
  }
}
