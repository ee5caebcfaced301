package io.waybill.core.upload;

import io.waybill.core.event.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows of parts. They are inserted beside the session's row and never rewrite it. */
public interface PartStore {

  /**
   * Inserts the parts that are not there, renews those with another ETag, keeps a checksum that is
   * given for a part that had none, writes the facts, in one statement. Where an ETag replaces
   * another, the facts' events carry {@code replaced} in their details: a list of {@code
   * part_number}, {@code etag}, {@code previous_etag}.
   *
   * @return how many parts of the session are uploaded afterwards
   */
  int acknowledge(UUID sessionId, List<UploadPart> parts, Facts facts);

  /**
   * Makes the rows say what storage said: all of these, and no others but those acknowledged after
   * storage was asked, which it could not know yet. The checksum of a part whose ETag is still the
   * same stays.
   *
   * @param listed every part that storage has
   * @param asked when storage was asked
   */
  void reconcile(UUID sessionId, List<UploadPart> listed, Instant asked);

  /** Parts after a number, in order, at most {@code limit}. */
  List<UploadPart> page(UUID sessionId, int afterPartNumber, int limit);

  /** Numbers of all parts that are uploaded, in order. */
  List<Integer> uploadedNumbers(UUID sessionId);

  /**
   * Keeps the sums that are signed into the URLs of these parts, in Base64 by part number. Another
   * sum of a part replaces the one before.
   */
  void bindSums(UUID sessionId, Map<Integer, String> sums);

  /** The sum that the last URL of each part was signed for, by part number. */
  Map<Integer, String> boundSums(UUID sessionId);

  /** The latest issuance of each of these parts that had one. */
  List<Issuance> issuances(UUID sessionId, int fromPartNumber, int toPartNumber);
}
