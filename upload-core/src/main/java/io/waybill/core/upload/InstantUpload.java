package io.waybill.core.upload;

/** Which sessions are instant uploads, state by state: those with a twin and without an upload. */
public final class InstantUpload {

  private InstantUpload() {}

  /** Whether storage copies its bytes, or has copied them: nobody is to send any. */
  public static boolean is(Session session) {
    return session.upload().twin() != null
        && switch (session) {
          case Session.Initiating s -> true;
          case Session.Completed s -> s.uploadId() == null;
          case Session.Aborting s -> s.uploadId() == null;
          case Session.Aborted s -> s.uploadId() == null;
          case Session.Open s -> false;
          case Session.Completing s -> false;
          case Session.Expired s -> false;
          case Session.Failed s -> false;
        };
  }

  /** Whether its copy is still to be made, which may take long. */
  public static boolean isCopying(Session session) {
    return session instanceof Session.Initiating && is(session);
  }
}
