package io.waybill.s3;

/** The header that tells a browser under which name to save (RFC 6266). */
final class ContentDisposition {

  private ContentDisposition() {}

  static String attachment(String fileName) {
    StringBuilder header = new StringBuilder("attachment; filename=\"");
    fileName
        .codePoints()
        .forEach(
            c -> header.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '_' : (char) c));
    return header.append("\"; filename*=UTF-8''").append(UriEncoding.value(fileName)).toString();
  }
}
