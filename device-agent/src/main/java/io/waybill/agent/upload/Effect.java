package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be done for one file. Whatever has a number is answered by an event with it. */
sealed interface Effect {

  /** Asks the server to make the task of which the file is a part. */
  record Create() implements Effect {}

  record AskStatus(int number) implements Effect {}

  /** Has the server compare its rows with the store, as soon as no part is under way. */
  record AskParts(int number) implements Effect {}

  /** Asks whether an expired session may live on. */
  record AskExtension(int number) implements Effect {}

  record AskAnotherSession(int number) implements Effect {}

  record AskComplete(int number) implements Effect {}

  /** Tells the server that nothing more will come. */
  record Abandon(int number, String why) implements Effect {}

  /** Looks whether the file is another one by now. */
  record Compare(int number) implements Effect {}

  /** Looks whether what was sent as its parts is the file. */
  record Prove(int number) implements Effect {}

  /** Says {@link Event.Due} later. */
  record After(Duration delay, int number) implements Effect {}

  record Tell(UploadStep step) implements Effect {}

  /** Tells why it stands still. */
  record TellHalt() implements Effect {}

  record TellWhole(Event.Whole whole) implements Effect {}

  /** These parts are not stored after all. */
  record Lose(List<Integer> parts) implements Effect {}

  /** These parts are stored, and no others. */
  record TakeOver(BitSet stored, Duration took) implements Effect {}

  record DropUrls() implements Effect {}

  record CloseFile() implements Effect {}

  /** Writes down where it is. */
  record Save() implements Effect {}

  /** Writes down how it ended. */
  record End(FileState how, @Nullable String why) implements Effect {}
}
