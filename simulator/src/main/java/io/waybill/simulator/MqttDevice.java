package io.waybill.simulator;

import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Parsed;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device as mqtt-api.md wants it: one request at a time, repeated with its request_id after 5 s,
 * 10 s, … 60 s until it is answered. It uploads one file of one part.
 */
public final class MqttDevice {

  public static final long FILE_BYTES = 5L << 20;

  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private enum Goal {
    CREATE,
    COMPLETE,
    REST
  }

  private final Owner owner;
  private final UUID project;
  private final Broker broker;
  private final Consumer<UUID> put;
  private Goal goal = Goal.CREATE;
  private int requests = 1;
  private Instant again = Instant.MIN;
  private Duration patience = FIRST_PATIENCE;
  private @Nullable UUID session;
  private @Nullable String end;

  /**
   * Turns it on.
   *
   * @param put sends the file of this session to the store
   */
  public MqttDevice(Owner owner, UUID project, Broker broker, Consumer<UUID> put) {
    this.owner = owner;
    this.project = project;
    this.broker = broker;
    this.put = put;
    broker.subscribe(TOPICS.of(owner, Kind.RESPONSE), this::hear);
  }

  /** Nothing is left to be done. */
  public boolean rests() {
    return goal == Goal.REST;
  }

  /** How it ended: {@code COMPLETED}, or the code of the refusal; null until then. */
  public @Nullable String end() {
    return end;
  }

  public @Nullable UUID session() {
    return session;
  }

  /** When it speaks next. */
  public Instant again() {
    return again;
  }

  /** Sends what it wants, or sends it again, if it is time. */
  public void speak(Instant now) {
    if (rests() || now.isBefore(again)) {
      return;
    }
    again = now.plus(patience);
    Duration doubled = patience.multipliedBy(2);
    patience = doubled.compareTo(LAST_PATIENCE) < 0 ? doubled : LAST_PATIENCE;
    broker.request(
        TOPICS.of(owner, Kind.REQUEST), Envelope.encode(Request.of(requestId(), null, command())));
  }

  private String requestId() {
    return "r-" + requests;
  }

  private Command command() {
    return switch (goal) {
      case CREATE ->
          new Command.CreateSession(
              project,
              "run",
              null,
              null,
              null,
              null,
              List.of(
                  new Command.NewObject(
                      null,
                      "run.mcap",
                      FILE_BYTES,
                      "application/octet-stream",
                      FILE_BYTES,
                      null,
                      Map.of())),
              Map.of(),
              null);
      case COMPLETE -> new Command.CompleteUpload(Objects.requireNonNull(session), List.of(), null);
      case REST -> throw new IllegalStateException("it wants nothing any more");
    };
  }

  private void hear(byte[] payload) {
    switch (Reply.read(payload)) {
      case Reply.Ok ok when ok.requestId().equals(requestId()) && !rests() -> done(ok);
      case Reply.Err err when requestId().equals(err.requestId()) && !rests() ->
          refused(err.error());
      case Reply.Ok _, Reply.Err _ -> {} // of an earlier request, or once more
      case Reply.Unreadable(String reason) -> throw new IllegalStateException(reason);
    }
  }

  private void done(Reply.Ok ok) {
    switch (goal) {
      case CREATE -> {
        Result.UploadTask task = result(ok, Result.UploadTask.class);
        session = Objects.requireNonNull(task.objects().getFirst().sessionId());
        put.accept(session);
        want(Goal.COMPLETE);
      }
      case COMPLETE -> {
        end = result(ok, Result.Completed.class).status();
        want(Goal.REST);
      }
      case REST -> {}
    }
  }

  /** What may be tried again is: the same request, as it was. */
  private void refused(ErrorBody error) {
    if (!error.retryable()) {
      end = error.code();
      want(Goal.REST);
    }
  }

  private void want(Goal next) {
    goal = next;
    requests++;
    again = Instant.MIN;
    patience = FIRST_PATIENCE;
  }

  private static <T> T result(Reply.Ok ok, Class<T> type) {
    return switch (ok.as(type)) {
      case Parsed.Read<T>(T value) -> value;
      case Parsed.NotJson<T>(String reason) -> throw new IllegalStateException(reason);
      case Parsed.Invalid<T> invalid -> throw new IllegalStateException(invalid.toString());
    };
  }
}
