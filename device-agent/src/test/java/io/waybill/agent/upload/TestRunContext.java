package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.spool.PartSums;
import io.waybill.agent.spool.Spool;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A context where nothing happens by itself: the test answers, and lets time pass. */
final class TestRunContext implements RunContext {

  /** A question that waits for its answer. */
  static final class Asked {
    private final Question<?> question;
    private final BiConsumer<Object, Duration> done;
    private final Consumer<ErrorBody> refused;

    private Asked(
        Question<?> question, BiConsumer<Object, Duration> done, Consumer<ErrorBody> refused) {
      this.question = question;
      this.done = done;
      this.refused = refused;
    }

    Command command() {
      return question.command();
    }

    void answer(Object result) {
      done.accept(question.answer().cast(result), Duration.ZERO);
    }

    void refuse(ErrorBody error) {
      refused.accept(error);
    }
  }

  private record Later(Duration in, Runnable what) {}

  private final Deque<Asked> asked = new ArrayDeque<>();
  private final List<Later> later = new ArrayList<>();
  private final Deque<Sending> sent = new ArrayDeque<>();
  private final List<UploadStep> steps = new ArrayList<>();
  private final UploadSettings settings = UploadSettings.of(4, UploadSettings.Patience.ENDLESS);
  private final Path journals;
  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private final ServerClock clock = new ServerClock(() -> now);
  private final RunClock time = new RunClock(() -> now);

  TestRunContext(Path journals) {
    this.journals = journals;
  }

  /** The next unanswered question; none is a failure. */
  Asked next() {
    return asked.remove();
  }

  /** What is asked and not answered yet. */
  List<Command> open() {
    return asked.stream().map(Asked::command).toList();
  }

  Sending nextSending() {
    return sent.remove();
  }

  <S extends UploadStep> List<S> steps(Class<S> type) {
    return steps.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Lets everything happen that was put off for no longer than this. */
  void pass(Duration time) {
    List<Later> due = later.stream().filter(l -> l.in().compareTo(time) <= 0).toList();
    later.removeAll(due);
    due.forEach(l -> l.what().run());
  }

  Instant now() {
    return now;
  }

  void clockGoes(Duration on) {
    now = now.plus(on);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> void ask(
      Question<R> question, BiConsumer<R, Duration> done, Consumer<ErrorBody> refused) {
    asked.add(new Asked(question, (result, took) -> done.accept((R) result, took), refused));
  }

  @Override
  public <T> void read(Supplier<T> job, Consumer<T> done) {
    done.accept(job.get());
  }

  @Override
  public PartSums sums(String sessionId, int partCount) {
    try {
      return Spool.open(journals, (file, reason) -> {}).sums("upload", sessionId, partCount);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void send(Sending sending) {
    sent.add(sending);
  }

  @Override
  public void after(Duration wait, Runnable what) {
    later.add(new Later(wait, what));
  }

  @Override
  public void tell(UploadStep step) {
    steps.add(step);
  }

  @Override
  public void changed() {}

  @Override
  public void changedForGood() {}

  @Override
  public void complained() {}

  @Override
  public UploadSettings settings() {
    return settings;
  }

  @Override
  public ServerClock clock() {
    return clock;
  }

  @Override
  public RunClock time() {
    return time;
  }

  @Override
  public UUID projectId() {
    return new UUID(0, 2);
  }

  @Override
  public @Nullable String taskId() {
    return new UUID(0, 3).toString();
  }
}
