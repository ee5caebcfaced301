package io.waybill.agent.doctor;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.doctor.Finding.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether files may be deleted or moved after their upload, and if not, why they are kept. */
public final class ReceiptsCheck {

  public static final String RECEIPTS = "receipts";

  private static final String KEPT = "what is uploaded is kept";

  private ReceiptsCheck() {}

  /**
   * Compares what is pinned with what is wished.
   *
   * @param pinned the public keys that are believed
   * @param served those of the server now; null when it could not be asked
   * @param last the last upload; null when there was none yet
   */
  public static List<Finding> of(
      List<String> pinned,
      @Nullable List<String> served,
      List<WatchEntry> watched,
      @Nullable LastUpload last) {
    boolean removes = watched.stream().anyMatch(WatchEntry::removes);
    List<Finding> findings = new ArrayList<>();
    findings.add(key(pinned, served, removes));
    if (removes && !pinned.isEmpty() && last != null) {
      findings.add(sum(last));
    }
    return findings;
  }

  private static Finding key(List<String> pinned, @Nullable List<String> served, boolean removes) {
    if (pinned.isEmpty()) {
      return removes
          ? Finding.warn(
              RECEIPTS,
              "no key is pinned, so no receipt is believed: " + KEPT,
              "provision this machine, or set receipt.keys to a key of /v1/receipts/keys that you"
                  + " have got on a way that you trust")
          : Finding.ok(RECEIPTS, "no key is pinned, and nothing is to be deleted or moved");
    }
    if (served == null) {
      return Finding.ok(
          RECEIPTS, pinned.size() + " pinned; the server's could not be asked for, to compare");
    }
    if (served.isEmpty()) {
      return Finding.warn(
          RECEIPTS,
          "the server signs no receipts: " + KEPT,
          "have WAYBILL_RECEIPT_KEY_FILE set on the server");
    }
    return pinned.contains(served.getFirst())
        ? Finding.ok(RECEIPTS, "the key that the server signs with is pinned")
        : Finding.fail(
            RECEIPTS,
            Trouble.HERE,
            "the server signs with a key that is not pinned: " + KEPT,
            "was its key changed? Ask who runs it, and provision this machine again; if nobody"
                + " changed it, somebody else answers in its place");
  }

  private static Finding sum(LastUpload last) {
    if (last.stays() != null) {
      return Finding.warn(
          RECEIPTS,
          "of the last upload, " + last.stays(),
          "see after_upload in docs/device-agent.md");
    }
    return last.checked() != null
        ? Finding.ok(RECEIPTS, "the store checks every part (" + last.checked() + ")")
        : Finding.warn(
            RECEIPTS,
            "the storage policy has the store check no sums, so a receipt says that nobody has"
                + " verified the bytes: "
                + KEPT,
            "give the project a storage policy with a STORAGE_NATIVE checksum mode");
  }
}
