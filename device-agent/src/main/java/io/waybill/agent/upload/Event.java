package io.waybill.agent.upload;

import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What can happen to one file. */
sealed interface Event {

  /** Time has passed. */
  record Tick() implements Event {}

  /** Somebody holds it on this machine, or lets it go on. */
  record Hold(boolean held) implements Event {}

  /** A run begins with the session of an earlier one. */
  record TakenUp() implements Event {}

  /** The server did not make the task. */
  record NotCreated(ErrorBody error) implements Event {}

  /** Nothing and nobody can mend this. */
  record Hopeless(String why) implements Event {}

  /** The store took a part. */
  record PartStored() implements Event {}

  /** The store does not know the upload that a part belongs to. */
  record UploadUnknown(String why) implements Event {}

  /** The store refused fresh URLs again and again. */
  record StoreRefuses(String why) implements Event {}

  /** Every part is stored, and the server was told of all of them. */
  record AllStored() implements Event {}

  /** The object is whole in the store, whoever completed it. */
  record Whole(@Nullable String bucket, @Nullable String key, @Nullable String etag, Duration took)
      implements Event {}

  /** An answer; 0 is the number of what nobody waits for in particular. */
  sealed interface Numbered extends Event {
    int number();

    /** Whether it came of something that goes on beside the phase, and may change it. */
    default boolean besides() {
      return number() == 0 && (this instanceof Refused || this instanceof FileIs);
    }
  }

  /** What was put off is due. */
  record Due(int number) implements Numbered {}

  /** The server made a session. */
  record Opened(int number, String sessionId) implements Numbered {}

  record StatusSaid(int number, Result.Session session) implements Numbered {}

  /** The server has compared its rows with the store. */
  record Listed(int number, BitSet stored, Duration took) implements Numbered {}

  /** The expired session lives on. */
  record Extended(int number) implements Numbered {}

  /** The server refused what it was asked for. */
  record Refused(int number, ErrorBody error) implements Numbered {}

  /** The file on this machine was looked at. */
  record FileIs(int number, FileCheck.Finding finding) implements Numbered {}

  /** The server has heard that nothing more will come. */
  record Left(int number) implements Numbered {}
}
