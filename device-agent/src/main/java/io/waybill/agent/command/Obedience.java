package io.waybill.agent.command;

import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.socket.DaemonReply;
import io.waybill.agent.socket.DaemonRequest;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.wire.DeviceNotice.Result;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does what the server asks of this device, one thing after the other, each once, and says what
 * became of it until that is heard. It writes down what it has done before it says so.
 */
public final class Obedience implements AutoCloseable {

  private static final Duration LOOKING = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final long SAY_AGAIN = Duration.ofSeconds(5).toNanos();
  private static final Duration ENDING = Duration.ofSeconds(3);

  private final Place place;
  private @Nullable Thread thread;
  private long sayAgainAt;

  /**
   * What it works with.
   *
   * @param road by which commands come
   * @param owner on whose behalf files are uploaded
   */
  public record Place(
      CommandRoad road,
      ControlPlane server,
      Spool spool,
      Manifest.Owner owner,
      Roots roots,
      Consumer<String> say,
      Consumer<Throwable> bug) {}

  public Obedience(Place place) {
    this.place = place;
  }

  /**
   * Begins to obey.
   *
   * @param daemon that runs what is queued
   */
  public void start(Function<DaemonRequest, DaemonReply> daemon) throws IOException {
    Journal journal = Journal.open(place.spool().directory(), place.say());
    Errands errands = new Errands(place, daemon);
    Runnable look =
        () -> {
          var _ = daemon.apply(new DaemonRequest(DaemonRequest.Word.LOOK, null));
        };
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("commands")
            .start(() -> {
              try {
                obey(journal, errands, look);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the daemon ends
              }
            });
  }

  private void obey(Journal journal, Errands errands, Runnable look) throws InterruptedException {
    while (true) {
      boolean idle = journal.open().isEmpty() && journal.unsaid().isEmpty();
      byte[] message = place.road().next(idle ? IDLE : LOOKING);
      try {
        if (message != null) {
          heard(message, journal, errands, look);
        }
        conclude(journal, errands);
        sayAgain(journal);
      } catch (IOException e) {
        place.say().accept("a command cannot be written down: " + DiskTrouble.words(e));
      } catch (RuntimeException bug) {
        place.bug().accept(bug);
      }
    }
  }

  private void heard(byte[] message, Journal journal, Errands errands, Runnable look)
      throws IOException, InterruptedException {
    Optional<Instruction> read = Instruction.read(message);
    if (read.isEmpty()) {
      place.say().accept("a command came that cannot be read");
      return;
    }
    Instruction asked = read.get();
    Optional<Errand> known = journal.find(asked.commandId());
    if (known.isPresent()) {
      say(known.get(), journal);
      return;
    }
    Result answer = errands.carryOut(asked);
    place.say().accept(inWords(asked, answer));
    Errand errand = Errand.of(asked, InstantSource.system().instant(), answer);
    journal.save(errand);
    if (!errand.isOver()) {
      look.run();
    }
    say(errand, journal);
  }

  private static String inWords(Instruction asked, Result answer) {
    String why = answer.error() == null ? "" : ": " + answer.error().message();
    return "asked to "
        + RefusedException.shown(asked.command()).replace('_', ' ')
        + " ("
        + asked.commandId()
        + "): "
        + answer.status()
        + why;
  }

  /** Uploads that were asked for end some time. */
  private void conclude(Journal journal, Errands errands) throws IOException, InterruptedException {
    for (Errand open : journal.open()) {
      Optional<Result> over = errands.outcome(open.id());
      if (over.isPresent()) {
        Errand concluded = open.answered(over.get());
        journal.save(concluded);
        say(concluded, journal);
      }
    }
  }

  private void say(Errand errand, Journal journal) throws IOException, InterruptedException {
    if (place.road().say(errand.answer().encode()) && !errand.said()) {
      journal.save(errand.wasSaid());
    }
  }

  /** What could not be said, by and by. */
  private void sayAgain(Journal journal) throws IOException, InterruptedException {
    long now = System.nanoTime();
    if (now - sayAgainAt < 0) {
      return;
    }
    sayAgainAt = now + SAY_AGAIN;
    for (Errand unsaid : journal.unsaid()) {
      if (!place.road().say(unsaid.answer().encode())) {
        return; // nobody is there
      }
      journal.save(unsaid.wasSaid());
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(ENDING);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
