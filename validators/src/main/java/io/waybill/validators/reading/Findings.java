package io.waybill.validators.reading;

import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector.Judgement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader has found: what is in a file, and what is wrong with it. Bounded, whatever it is
 * told: texts, lists and all of it together are cut, and {@code cut} says so.
 */
public final class Findings {

  public static final int LONGEST_LIST = 200;
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_CHARACTERS = 16 << 10;
  private static final int MOST_ERRORS = 20;
  private static final int DEEPEST = 4;

  private final Map<String, Object> extracted = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();
  private int room = MOST_CHARACTERS;
  private boolean isCut;

  /** A fact about the file: text, a number, a truth, or lists and maps of these. */
  public void put(String name, Object value) {
    extracted.put(name, bounded(value, DEEPEST));
  }

  /** Something that a whole file would not have. */
  public void wrong(long offset, String what) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(Text.clean("at byte " + offset + ": " + what, LONGEST_TEXT));
    }
  }

  /** The same, if it is so. */
  public void wrongIf(boolean isWrong, long offset, String what) {
    if (isWrong) {
      wrong(offset, what);
    }
  }

  /** The reader has come to its end. */
  public Judgement judged(Kind kind) {
    return judged(kind, errors.isEmpty() ? ValidationStatus.PASSED : ValidationStatus.FAILED);
  }

  /** The reader had to end before: what it has found already stands. */
  public Judgement unfinished(Kind kind, String why) {
    extracted.put("unfinished", Text.clean(why, LONGEST_TEXT));
    return judged(kind, errors.isEmpty() ? ValidationStatus.SKIPPED : ValidationStatus.FAILED);
  }

  /** The reader itself broke, died or was ended. */
  public Judgement broken(Kind kind, String why) {
    errors.add(Text.clean(why, LONGEST_TEXT));
    return judged(kind, ValidationStatus.FAILED);
  }

  private Judgement judged(Kind kind, ValidationStatus status) {
    if (isCut) {
      extracted.put("cut", true);
    }
    return new Judgement(kind.name(), kind.version(), status, extracted, errors);
  }

  private Object bounded(Object value, int depth) {
    return switch (value) {
      case Boolean truth -> cost(5, truth);
      case Integer number -> cost(8, number.longValue());
      case Long number -> cost(12, number);
      case Float number -> bounded((double) number, depth);
      case Double number when Double.isFinite(number) -> cost(16, number);
      case List<?> list when depth > 0 -> list(list, depth - 1);
      case Map<?, ?> map when depth > 0 -> map(map, depth - 1);
      default -> text(value.toString());
    };
  }

  private Object cost(int characters, Object value) {
    room -= characters;
    return value;
  }

  private String text(String text) {
    String clean = Text.clean(text, Math.max(0, Math.min(LONGEST_TEXT, room)));
    isCut |= clean.length() < text.length();
    room -= clean.length() + 3;
    return clean;
  }

  private List<Object> list(List<?> list, int depth) {
    List<Object> bounded = new ArrayList<>();
    for (Object value : list) {
      if (isFull(bounded.size())) {
        break;
      }
      bounded.add(bounded(value, depth));
    }
    return bounded;
  }

  private Map<String, Object> map(Map<?, ?> map, int depth) {
    Map<String, Object> bounded = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (isFull(bounded.size())) {
        break;
      }
      bounded.put(text(entry.getKey().toString()), bounded(entry.getValue(), depth));
    }
    return bounded;
  }

  private boolean isFull(int count) {
    boolean isFull = room <= 0 || count >= LONGEST_LIST;
    isCut |= isFull;
    return isFull;
  }
}
