package io.waybill.testkit;

import static io.waybill.testkit.StoreUnderTest.MIN_PART;
import static io.waybill.testkit.StoreUnderTest.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.storage.ObjectReader.StoredRange;
import io.waybill.core.storage.StoredObject;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link ObjectReader}, on every store. */
public abstract class ObjectReaderContract {

  protected abstract StoreUnderTest subject();

  protected abstract ObjectReader reader();

  @Test
  void any_range_within_an_object_has_its_bytes() {
    byte[] file = randomBytes(MIN_PART + 12_345);
    ObjectLocation at = subject().freshLocation("Lauf 7+8_漢字.mcap");
    StoredObject object = subject().stored(at, file);

    for (int[] range :
        new int[][] {
          {0, 1}, {0, file.length}, {MIN_PART - 5, 10}, {file.length - 1, 1}, {7, MIN_PART}
        }) {
      assertThat(read(at, object.etag(), range[0], range[1]))
          .as("%d bytes from %d", range[1], range[0])
          .hasValueSatisfying(bytes ->
              assertThat(bytes).isEqualTo(Arrays.copyOfRange(file, range[0], range[0] + range[1])));
    }
  }

  @Test
  void nothing_is_read_of_an_object_that_is_not_there_or_is_another() {
    ObjectLocation at = subject().freshLocation();
    assertThat(read(at, "\"0123456789abcdef0123456789abcdef\"", 0, 1)).isEmpty();

    StoredObject first = subject().stored(at, randomBytes(100));
    assertThat(read(at, first.etag(), 0, 100)).isPresent();
    assertThat(read(at, "\"0123456789abcdef0123456789abcdef\"", 0, 1)).isEmpty();
  }

  @Test
  void a_bucket_that_is_not_there_refuses_us() {
    ObjectLocation nowhere =
        new ObjectLocation(subject().endpointRef(), "waybill-no-such-bucket", "contract/x");
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> read(nowhere, "\"0123456789abcdef0123456789abcdef\"", 0, 1))
        .matches(Outage.Storage::isRefusal);
  }

  private Optional<byte[]> read(ObjectLocation at, String etag, long from, int length) {
    return reader().read(new StoredRange(at, null, etag, from, length));
  }
}
