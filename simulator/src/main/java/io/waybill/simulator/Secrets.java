package io.waybill.simulator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for what must never be written down, however deep it lies in a row. */
final class Secrets {

  /** What every signed URL has in it. */
  private static final String SIGNATURE = "X-Amz-Signature";

  /** What reads each component: looking that up takes longer than reading. */
  private static final ClassValue<List<Method>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> row) {
          List<Method> parts = new ArrayList<>();
          for (RecordComponent component : row.getRecordComponents()) {
            Method part = component.getAccessor();
            part.setAccessible(true);
            parts.add(part);
          }
          return parts;
        }
      };

  private Secrets() {}

  /** Every text of a row, of whatever records, lists and maps it is made. */
  static void noneIn(@Nullable Object value) {
    switch (value) {
      case null -> {}
      case CharSequence text -> isNone(text.toString());
      case Optional<?> some -> some.ifPresent(Secrets::noneIn);
      case Iterable<?> many -> many.forEach(Secrets::noneIn);
      case Map<?, ?> map -> {
        noneIn(map.keySet());
        noneIn(map.values());
      }
      case Record row -> {
        for (Method part : PARTS.get(row.getClass())) {
          noneIn(valueOf(part, row));
        }
      }
      default -> {} // a number, an instant, a word
    }
  }

  private static void isNone(String text) {
    if (text.contains(SIGNATURE) || text.contains(Site.SECRET)) {
      throw new Broken("a secret is written down: " + text);
    }
  }

  private static @Nullable Object valueOf(Method part, Record row) {
    try {
      return part.invoke(row);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
