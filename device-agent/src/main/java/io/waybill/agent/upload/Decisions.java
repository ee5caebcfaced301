package io.waybill.agent.upload;

import io.waybill.agent.local.Program;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Completing;
import io.waybill.agent.upload.Phase.Ended;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Planned;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Then;
import io.waybill.agent.upload.Phase.Waiting;
import io.waybill.agent.upload.UploadStep.GoesOn;
import io.waybill.agent.upload.UploadStep.Restarted;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.ErrorBody;
import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of a file by what happens to it: a pure function. It reads no clock, asks nobody and
 * remembers nothing; who calls it carries out what it answers, and says what came of it.
 */
final class Decisions {

  private static final String HELD =
      "paused on this machine; go on with: " + Program.NAME + " resume-session";

  private final String name;
  private final UploadSettings settings;
  private final Moves moves;
  private final Conclusions conclusions;
  private final Sightings sightings;

  /**
   * @param seed of the jitter of waits
   */
  Decisions(FileEntry file, UploadSettings settings, long seed) {
    this.name = file.shownName();
    this.settings = settings;
    this.moves = new Moves(name, settings, seed);
    this.conclusions = new Conclusions(moves, file.file());
    this.sightings = new Sightings(moves, file.path());
  }

  Decision on(Course now, Event happened, Instant at) {
    if (now.phase() instanceof Ended ended) {
      return happened instanceof Event.Left left && ended.expects(left)
          ? moves.stay(now.in(new Ended(ended.how(), ended.why(), 0)))
          : moves.stay(now);
    }
    return now.phase().beforeSession()
        ? beforeSession(now, happened, at)
        : inSession(now, happened, at);
  }

  private Decision beforeSession(Course now, Event happened, Instant at) {
    return switch (happened) {
      case Event.NotCreated(ErrorBody error) -> notCreated(now, error, at);
      case Event.Opened opened -> moves.compare(looked(now, at), new Then.GoOn());
      case Event.Due due ->
          now.phase() instanceof Waiting waiting && waiting.expects(due)
              ? Decision.of(now.in(new Planned(waiting)), new Effect.Create())
              : moves.stay(now);
      case Event.Hopeless(String why) -> moves.end(now, FileState.REFUSED, why);
      case Event _ -> moves.stay(now); // the others are of a session
    };
  }

  private Decision inSession(Course now, Event happened, Instant at) {
    return switch (happened) {
      case Event.Tick() -> tick(now, at);
      case Event.Hold(boolean held) -> hold(now, held);
      case Event.TakenUp() -> takenUp(now);
      case Event.NotCreated refused -> moves.stay(now);
      case Event.Hopeless(String why) -> moves.end(now, FileState.REFUSED, why);
      case Event.PartStored() -> moves.stay(now.with(now.past().partStored()));
      case Event.UploadUnknown(String why) -> uploadUnknown(now, why);
      case Event.StoreRefuses(String why) -> storeRefuses(now, why, at);
      case Event.AllStored() -> allStored(now);
      case Event.Whole whole -> conclusions.whole(now, whole);
      case Event.Numbered answer ->
          answer.besides() || now.phase().expects(answer)
              ? answered(now, answer, at)
              : moves.stay(now); // nobody listens any more
    };
  }

  private Decision answered(Course now, Event.Numbered answer, Instant at) {
    return switch (answer) {
      case Event.Due due -> due(now);
      case Event.Opened opened -> renewed(now, opened, at);
      case Event.StatusSaid said -> conclusions.of(now, said.session(), at);
      case Event.Listed listed ->
          moves.compare(now, new Then.TakeOver(listed.stored(), listed.took()));
      case Event.Extended extended -> moves.look(now);
      case Event.Refused refused -> refused(now, refused, at);
      case Event.FileIs seen -> sightings.of(now, seen, at);
      case Event.Left left -> moves.stay(now);
    };
  }

  // What time brings

  /** From time to time: is the session still what we think? */
  private Decision tick(Course now, Instant at) {
    return switch (now.phase()) {
      case Sending(int look) when look == 0 && due(now, settings.statusPoll(), at) ->
          looked(now, at).asking(Sending::new, Effect.AskStatus::new);
      case Paused(String why, int look, int due)
          when look == 0 && due(now, settings.heldPoll(), at) ->
          looked(now, at).asking(n -> new Paused(why, n, due), Effect.AskStatus::new);
      case Planned _, InDoubt _, Sending _, Completing _, Paused _, Waiting _, Ended _ ->
          moves.stay(now);
    };
  }

  private static boolean due(Course now, Duration every, Instant at) {
    return !at.isBefore(now.past().lookedAt().plus(every));
  }

  private static Course looked(Course now, Instant at) {
    return now.with(now.past().looked(at));
  }

  private Decision due(Course now) {
    return switch (now.phase()) {
      case Waiting waiting ->
          waiting.cause() == Cause.FILE ? moves.compare(now, new Then.Look()) : moves.look(now);
      case InDoubt doubt -> moves.look(now);
      case Paused(String why, int look, int due) when look != 0 ->
          moves.stay(now.in(new Paused(why, look, 0)));
      case Paused paused -> now.asking(n -> new Paused(paused.why(), n, 0), Effect.AskStatus::new);
      case Planned _, Sending _, Completing _, Ended _ -> moves.stay(now);
    };
  }

  // What the server says

  private Decision notCreated(Course now, ErrorBody error, Instant at) {
    String why = Answers.inWords(error);
    return Finality.of(error) == Finality.OVER
        ? moves.end(now, FileState.REFUSED, why)
        : moves.waits(now, Cause.TASK, why, at);
  }

  private Decision takenUp(Course now) {
    return now.phase() instanceof InDoubt doubt && doubt.number() == 0
        ? moves.look(now)
        : moves.stay(now);
  }

  private Decision renewed(Course now, Event.Opened opened, Instant at) {
    return now.phase() instanceof InDoubt(Step.Renewal(String why), int n, var before)
        ? moves
            .compare(now.with(now.past().restarted().looked(at)), new Then.GoOn())
            .after(new Effect.Tell(new Restarted(name, why, opened.sessionId())))
        : moves.stay(now);
  }

  private Decision refused(Course now, Event.Refused refused, Instant at) {
    ErrorBody error = refused.error();
    boolean asked = refused.number() != 0;
    return switch (now.phase()) {
      case InDoubt(Step.Renewal(String why), int n, var before) when asked ->
          notRenewed(
              now, why + ", and a new one was refused: " + Answers.inWords(error), error, at);
      case InDoubt(Step.Extension _, int n, var before) when asked ->
          moves.renew(now, Conclusions.EXPIRED, at);
      case InDoubt _, Sending _, Completing _, Paused _, Waiting _, Planned _, Ended _ ->
          asked || !now.phase().hearsOut() ? refused(now, error, asked, at) : moves.stay(now);
    };
  }

  private Decision notRenewed(Course now, String why, ErrorBody error, Instant at) {
    return Finality.of(error) == Finality.OVER
        ? moves.end(now, FileState.REFUSED, why)
        : moves.waits(now, Cause.SERVER, why, at);
  }

  /** A command about the session was refused: what is it, then? */
  private Decision refused(Course now, ErrorBody error, boolean asked, Instant at) {
    return switch (Finality.of(error)) {
      case PARTS_LOST -> moves.doubt(now, asked).after(new Effect.Lose(Answers.partNumbers(error)));
      case IN_DOUBT -> moves.doubt(now, asked);
      case NOT_NOW -> moves.waits(now, Cause.SERVER, Answers.inWords(error), at);
      case OVER -> moves.end(now, FileState.REFUSED, Answers.inWords(error));
    };
  }

  // What the store says

  private Decision uploadUnknown(Course now, String why) {
    return now.phase().hearsOut()
        ? moves.stay(now)
        : moves
            .doubt(now, false)
            .after(
                new Effect.Tell(new Warned(name, why + "; asking the server what is true")),
                new Effect.DropUrls());
  }

  /** Nothing of this file goes for a while, whatever else happens. */
  private Decision storeRefuses(Course now, String why, Instant at) {
    return now.phase().hearsOut()
        ? moves.stay(now)
        : moves.waits(now, Cause.STORE, why, at).after(new Effect.DropUrls());
  }

  private Decision allStored(Course now) {
    return now.phase() instanceof Sending
        ? now.asking(n -> new Completing(false, n), Effect.Prove::new)
        : moves.stay(now);
  }

  // What this machine says

  private Decision hold(Course now, boolean held) {
    return held == now.held()
        ? moves.stay(now)
        : Decision.of(
            now.held(held),
            new Effect.Tell(held ? new UploadStep.Waiting(name, HELD, null) : new GoesOn(name)));
  }
}
