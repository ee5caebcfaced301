package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import java.util.List;

/**
 * Sessions that a command has made, on their way to storage.
 *
 * @param <A> the command's answer
 */
interface NewSessions<A> {

  /** Those that storage has not answered for yet. */
  List<Session.Initiating> initiating();

  /** What becomes of the command when storage has answered for all of them. */
  Opened<A> after(List<Transition> moves);

  /** The same sessions as others have brought them on meanwhile. */
  NewSessions<A> asTheyAre();

  /** What is kept while storage does not answer, and how it goes on. */
  String kept();

  /**
   * The end of it.
   *
   * @param answer the very one that is given and remembered: made twice, it could tell two
   *     different seconds. A refusal is not remembered
   * @param moves what storage answered, and what the answer adds to that
   */
  record Opened<A>(Verdict<A> answer, List<Transition> moves) {}
}
