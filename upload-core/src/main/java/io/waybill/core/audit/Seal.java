package io.waybill.core.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One link of a tenant's chain: which rows there were, what they said, and the link before. Whoever
 * changes a row breaks its digest; whoever changes a digest, the seal's hash; whoever changes that,
 * the next seal.
 *
 * @param number from 1 on, without a gap
 * @param rowIds the rows that it covers, in the order of sealing
 * @param digests of these rows, in the same order
 * @param last the place of the last row: the next seal begins behind it
 * @param previous hash of the seal before; 64 zeros for the first
 * @param hash SHA-256 over everything else, as hex
 */
public record Seal(
    UUID tenantId,
    long number,
    Instant sealedAt,
    List<UUID> rowIds,
    List<String> digests,
    SealedRow.Place last,
    String previous,
    String hash) {

  /** What the first seal of a tenant follows. */
  public static final String NOTHING = "0".repeat(64);

  private static final String FORM = "waybill audit seal 1";

  public Seal {
    rowIds = List.copyOf(rowIds);
    digests = List.copyOf(digests);
  }

  /**
   * Seals what has come since.
   *
   * @param before null for the tenant's first
   * @param rows at least one, in the order of sealing
   */
  public static Seal after(@Nullable Seal before, List<SealedRow> rows, Instant now) {
    Seal open =
        new Seal(
            rows.getFirst().tenantId(),
            before == null ? 1 : before.number() + 1,
            now,
            rows.stream().map(row -> row.place().id()).toList(),
            rows.stream().map(SealedRow::digest).toList(),
            rows.getLast().place(),
            before == null ? NOTHING : before.hash(),
            "");
    return open.closed();
  }

  private Seal closed() {
    return new Seal(tenantId, number, sealedAt, rowIds, digests, last, previous, computed());
  }

  /** The hash that a seal of these values has. */
  public String computed() {
    List<@Nullable String> values = new ArrayList<>();
    values.add(FORM);
    values.add(tenantId.toString());
    values.add(Long.toString(number));
    values.add(sealedAt.toString());
    values.add(Long.toUnsignedString(last.xid()));
    values.add(Long.toString(last.position()));
    values.add(last.id().toString());
    values.add(previous);
    values.add(Integer.toString(rowIds.size()));
    rowIds.forEach(id -> values.add(id.toString()));
    values.addAll(digests);
    return sha256(values);
  }

  /** Of texts, each with its length before it: no two lists have the same bytes. */
  static String sha256(List<@Nullable String> texts) {
    MessageDigest digest = digest();
    for (String text : texts) {
      byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      int length = text == null ? -1 : utf8.length;
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      digest.update(utf8);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
