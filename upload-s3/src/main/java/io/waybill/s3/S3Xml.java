package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.StoredPart;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The few documents of S3 that we read and write. Reading is total: what is no XML is a {@link
 * StorageFault}, what is missing is null, what is unknown is passed over. No DTD, no entity but the
 * five of XML itself.
 */
final class S3Xml {

  private static final XMLInputFactory READERS = readers();
  private static final Set<String> REPEATED = Set.of("Part", "Upload", "Contents");

  private S3Xml() {}

  /**
   * A document as a flat list of its elements with text, and its repeated children.
   *
   * @param root the name of the outermost element
   * @param texts of elements directly below it
   * @param parts texts of the elements below each {@code Part}, or each {@code Upload} or {@code
   *     Contents} of a list of these
   */
  record Document(String root, Map<String, String> texts, List<Map<String, String>> parts) {

    /** The text of an element; null where there is none or an empty one. */
    @Nullable String text(String name) {
      String text = texts.get(name);
      return text == null || text.isBlank() ? null : text.strip();
    }
  }

  /** One part of a listing as the store said it; null is what it did not say. */
  record ListedPart(
      @Nullable Integer partNumber,
      @Nullable String etag,
      @Nullable Long sizeBytes,
      @Nullable Instant lastModified,
      Map<ChecksumAlgorithm, String> sums) {}

  /** One page of a listing as the store said it. */
  record PartPage(
      @Nullable String uploadId,
      List<ListedPart> parts,
      boolean isTruncated,
      @Nullable Integer nextMarker) {
    PartPage {
      parts = List.copyOf(parts);
    }
  }

  static Document read(InputStream in) {
    try {
      XMLStreamReader reader = READERS.createXMLStreamReader(in);
      try {
        reader.nextTag();
        return document(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw StorageFault.nonsense("an answer that is no XML", e);
    }
  }

  private static Document document(XMLStreamReader reader) throws XMLStreamException {
    String root = reader.getLocalName();
    Map<String, String> texts = new HashMap<>();
    List<Map<String, String>> parts = new ArrayList<>();
    while (reader.nextTag() == XMLStreamReader.START_ELEMENT) {
      String name = reader.getLocalName();
      Element element = element(reader);
      if (REPEATED.contains(name)) {
        parts.add(element.children());
      } else {
        texts.putIfAbsent(name, element.text());
      }
    }
    while (reader.hasNext()) {
      reader.next();
    }
    return new Document(root, texts, parts);
  }

  private record Element(String text, Map<String, String> children) {}

  /** Reads to the end of the element; what is deeper than one level is passed over. */
  private static Element element(XMLStreamReader reader) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    Map<String, String> children = HashMap.newHashMap(4);
    int depth = 1;
    String child = "";
    while (depth > 0) {
      switch (reader.next()) {
        case XMLStreamReader.START_ELEMENT -> {
          depth++;
          if (depth == 2) {
            child = reader.getLocalName();
          }
          text.setLength(0);
        }
        case XMLStreamReader.END_ELEMENT -> {
          if (depth == 2) {
            children.putIfAbsent(child, text.toString());
            text.setLength(0);
          }
          depth--;
        }
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
        default -> {}
      }
    }
    return new Element(text.toString(), children);
  }

  static PartPage page(Document document) {
    List<ListedPart> parts =
        document.parts().stream()
            .map(part ->
                new ListedPart(
                    number(part.get("PartNumber")),
                    part.get("ETag"),
                    size(part.get("Size")),
                    time(part.get("LastModified")),
                    sums(part)))
            .toList();
    return new PartPage(
        document.text("UploadId"),
        parts,
        "true".equalsIgnoreCase(document.text("IsTruncated")),
        number(document.text("NextPartNumberMarker")));
  }

  /** {@code ChecksumCRC32C} and its like. */
  static Map<ChecksumAlgorithm, String> sums(Map<String, String> part) {
    Map<ChecksumAlgorithm, String> sums = new EnumMap<>(ChecksumAlgorithm.class);
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String sum = part.get("Checksum" + algorithm.name());
      if (sum != null && !sum.isBlank()) {
        sums.put(algorithm, sum.strip());
      }
    }
    return sums;
  }

  private static @Nullable Integer number(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw StorageFault.nonsense("a number that is none", e);
    }
  }

  private static @Nullable Long size(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw StorageFault.nonsense("a size that is none", e);
    }
  }

  /** Only for people to read: a time that cannot be read is none. */
  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : Instant.parse(text.strip());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The body that names the parts of an object. */
  static String completion(List<StoredPart> parts) {
    StringBuilder xml = new StringBuilder(100 + parts.size() * 100);
    xml.append("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    for (StoredPart part : parts) {
      xml.append("<Part><ETag>");
      escape(part.etag(), xml);
      xml.append("</ETag><PartNumber>").append(part.partNumber()).append("</PartNumber>");
      part.sums().forEach((algorithm, sum) -> sum(algorithm, sum, xml));
      xml.append("</Part>");
    }
    return xml.append("</CompleteMultipartUpload>").toString();
  }

  private static void sum(ChecksumAlgorithm algorithm, String sum, StringBuilder xml) {
    xml.append("<Checksum").append(algorithm.name()).append('>');
    escape(sum, xml);
    xml.append("</Checksum").append(algorithm.name()).append('>');
  }

  private static void escape(String text, StringBuilder xml) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        default -> xml.append(text.charAt(i));
      }
    }
  }

  /** The JDK's own, whatever else is on the class path. */
  private static XMLInputFactory readers() {
    XMLInputFactory readers = XMLInputFactory.newDefaultFactory();
    readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    readers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return readers;
  }
}
