package io.waybill.core.upload;

/**
 * A session and how far it is.
 *
 * @param uploadedPartCount parts that need not be sent again
 * @param uploadedBytes their sizes, summed
 * @param failedPartCount parts that storage has otherwise than planned
 * @param firstFailedPart the number of the first of these; 0 when there is none
 */
public record Progress(
    Session session,
    int uploadedPartCount,
    long uploadedBytes,
    int failedPartCount,
    int firstFailedPart) {

  /** One without failed parts. */
  public Progress(Session session, int uploadedPartCount, long uploadedBytes) {
    this(session, uploadedPartCount, uploadedBytes, 0, 0);
  }
}
