package io.waybill.validators.child;

import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Budget;
import io.waybill.validators.reading.BudgetSpent;
import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said between parent and child about one file and one reader. */
final class Exchange {

  private final Child child;
  private final Kind kind;
  private final Budget budget;
  private long nanosLeft;

  Exchange(Child child, Kind kind, Budget budget, Duration time) {
    this.child = child;
    this.kind = kind;
    this.budget = budget;
    this.nanosLeft = time.toNanos();
  }

  /** The reader's judgement; when it ended without one, that it did. */
  Judgement judge(long size, byte[] head) {
    try {
      child.send(Pipe.JOB, Values.write(List.of(kind.name(), size, head)));
      while (true) {
        Pipe.Message message = receive();
        switch (message.type) {
          case Pipe.READ -> read(message.body, size);
          case Pipe.VERDICT -> {
            return verdict(message.body);
          }
          default -> throw new Pipe.Garbled("a message of type " + message.type);
        }
      }
    } catch (Pipe.Garbled garbled) {
      child.close();
      return new Findings().broken(kind, "the reader ended: it wrote what is no answer");
    } catch (IOException ended) {
      return new Findings().broken(kind, "the reader ended: " + child.end());
    }
  }

  /** Only the time that the child takes is counted. */
  private Pipe.Message receive() throws IOException {
    long from = System.nanoTime();
    Pipe.Message message = child.receive(nanosLeft);
    nanosLeft -= System.nanoTime() - from;
    return message;
  }

  private void read(byte[] body, long size) throws IOException {
    List<?> range = Values.readList(body, 2);
    long offset = Values.as(Long.class, range.get(0));
    long length = Values.as(Long.class, range.get(1));
    if (length < 1 || length > ByteSource.LONGEST_READ + (1 << 20)) {
      throw new Pipe.Garbled("a range of " + length + " bytes");
    }
    if (offset < 0 || offset > size || length > size - offset) {
      throw new Pipe.Garbled("a range at " + offset);
    }
    byte[] bytes;
    try {
      bytes = budget.read(offset, (int) length);
    } catch (BudgetSpent spent) {
      child.send(Pipe.SPENT, Values.write(List.of(spent.what())));
      return;
    }
    child.send(Pipe.BYTES, bytes);
  }

  private Judgement verdict(byte[] body) throws IOException {
    List<?> fields = Values.readList(body, 3);
    if (!(fields.get(1) instanceof Map<?, ?> found) || !(fields.get(2) instanceof List<?> wrong)) {
      throw new Pipe.Garbled("no verdict");
    }
    Map<String, Object> extracted = new LinkedHashMap<>();
    found.forEach((name, value) -> extracted.put(name.toString(), value));
    List<String> errors = new ArrayList<>();
    wrong.forEach(error -> errors.add(error.toString()));
    return new Judgement(kind.name(), kind.version(), status(fields.get(0)), extracted, errors);
  }

  private static ValidationStatus status(Object name) throws IOException {
    return switch (Values.as(String.class, name)) {
      case "PASSED" -> ValidationStatus.PASSED;
      case "FAILED" -> ValidationStatus.FAILED;
      case "SKIPPED" -> ValidationStatus.SKIPPED;
      default -> throw new Pipe.Garbled("a verdict that is none");
    };
  }
}
