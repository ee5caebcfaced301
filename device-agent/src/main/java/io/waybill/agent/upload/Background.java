package io.waybill.agent.upload;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.PartSums;
import io.waybill.agent.transfer.PartPut;
import io.waybill.wire.ErrorBody;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks and sends for the files of one run; everything comes back through the mailbox. */
final class Background implements RunContext, AutoCloseable {

  /** The run that this works for. */
  interface Owner {
    Manifest manifest();

    /** Whether parts can go on for now although nobody answers. */
    boolean movesWithoutTheServer();

    Checkpoint checkpoint();

    void complained();
  }

  private final UploadRun.Place place;
  private final UploadSettings settings;
  private final Mailbox mailbox;
  private final Meter meter;
  private final Owner owner;
  private final ServerClock clock = new ServerClock(InstantSource.system());
  private final RunClock time = new RunClock(InstantSource.system());
  private final RunThreads threads;
  private final Silence silence = new Silence();
  private @Nullable String unreachable;
  private @Nullable String turnedAway;

  Background(
      UploadRun.Place place, UploadSettings settings, Mailbox mailbox, Meter meter, Owner owner) {
    this.place = place;
    this.settings = settings;
    this.mailbox = mailbox;
    this.threads = new RunThreads(mailbox);
    this.meter = meter;
    this.owner = owner;
  }

  int underWay() {
    return silence.puts();
  }

  /** Whom nothing is heard of, null when there is nobody. */
  Silence.@Nullable Quiet silent(long now) {
    return silence.heardAt(now);
  }

  /** Whether the run has to end although its files have not. */
  boolean stopped() {
    return unreachable != null || turnedAway != null;
  }

  @Nullable String unreachable() {
    return unreachable;
  }

  @Nullable String turnedAway() {
    return turnedAway;
  }

  @Override
  public <R> void ask(
      Question<R> question, BiConsumer<R, Duration> done, Consumer<ErrorBody> refused) {
    Silence.UnderWay asked = silence.question(question.name(), place.server().address());
    long start = System.nanoTime();
    threads.question(() -> {
      try {
        Answer<R> answer = place.server().ask(question);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return () -> {
          silence.over(asked);
          heard(answer, took, done, refused);
        };
      } catch (UnreachableException e) {
        return () -> {
          silence.over(asked);
          unanswered(e, () -> ask(question, done, refused));
        };
      }
    });
  }

  @Override
  public <T> void read(Supplier<T> job, Consumer<T> done) {
    threads.reading(() -> {
      T found = job.get();
      return () -> done.accept(found);
    });
  }

  private <R> void heard(
      Answer<R> answer, Duration took, BiConsumer<R, Duration> done, Consumer<ErrorBody> refused) {
    switch (answer) {
      case Answer.Done<R>(R result) -> done.accept(result, took);
      // no fault of the file, which is kept until a person has seen to it
      case Answer.Refused<R> refusal when refusal.turnsUsAway() ->
          turnedAway = refusal.error().code() + ": " + refusal.error().message();
      case Answer.Refused<R>(ErrorBody error) -> refused.accept(error);
    }
  }

  /** As long as bytes move, the server may be away. */
  private void unanswered(UnreachableException why, Runnable again) {
    if (underWay() > 0 || owner.movesWithoutTheServer()) {
      mailbox.after(Duration.ofSeconds(1), again);
    } else {
      unreachable = String.valueOf(why.getMessage());
    }
  }

  @Override
  public PartSums sums(String sessionId, int partCount) {
    return place.spool().sums(owner.manifest().uploadId(), sessionId, partCount);
  }

  @Override
  public void send(Sending sending) {
    Silence.UnderWay way = silence.put(sending.url().url().getAuthority(), sending.length());
    long start = System.nanoTime();
    PartPut put =
        new PartPut(
            sending.url().url(),
            sending.url().headers(),
            sending.file(),
            sending.offset(),
            sending.length(),
            sending.seal());
    var _ =
        place
            .store()
            .put(
                put,
                bytes -> {
                  way.moved(bytes);
                  meter.moved(bytes);
                })
            .thenAccept(outcome ->
                mailbox.post(() -> {
                  silence.over(way);
                  meter.settled(way.moved());
                  sending.heard().outcome(outcome, Duration.ofNanos(System.nanoTime() - start));
                }));
  }

  @Override
  public void after(Duration wait, Runnable what) {
    mailbox.after(wait, what);
  }

  @Override
  public void tell(UploadStep step) {
    if (step instanceof UploadStep.Again) {
      meter.retried();
    }
    place.listener().step(step);
  }

  @Override
  public void changed() {
    owner.checkpoint().changed();
  }

  @Override
  public void changedForGood() {
    owner.checkpoint().changedForGood();
  }

  @Override
  public void complained() {
    owner.complained();
  }

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
    return UUID.fromString(owner.manifest().projectId());
  }

  @Override
  public @Nullable String taskId() {
    return owner.manifest().taskId();
  }

  @Override
  public void close() {
    threads.close();
  }
}
