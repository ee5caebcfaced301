package io.waybill.agent.control;

/**
 * The server's commands, whichever way they travel. Safe for use by many threads; any question may
 * be put again, over this control plane or another, and means the same.
 */
public interface ControlPlane extends AutoCloseable {

  /**
   * Puts a question and waits for its answer.
   *
   * @throws UnreachableException when nobody answered in time: the question may have been carried
   *     out or not
   */
  <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException;

  /** Where the questions go, in words for a person. */
  String address();

  /** Why an answer may be late, as far as is known now, in words for a person. */
  String trouble();

  @Override
  void close();
}
