#include "app/desktop/transfer/attachment_picture.h"

#include <QBuffer>
#include <QColorSpace>
#include <QCoreApplication>
#include <QImageReader>
#include <QImageWriter>

namespace patchbay {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Attachment)
};

// A JPEG is scaled down while it is decoded; the others are decoded whole, four bytes a pixel.
constexpr qint64 kJpegPixels = 120'000'000;
constexpr qint64 kOtherPixels = 33'000'000;

QImage within(const QImage& image, int side) {
    if (image.width() <= side && image.height() <= side)
        return image;
    return image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

// A copy of the pixels alone: texts, the colour profile and the resolution stay behind.
QImage bare(QImage image) {
    if (image.colorSpace().isValid() && image.colorSpace() != QColorSpace(QColorSpace::SRgb))
        image.convertToColorSpace(QColorSpace::SRgb);
    image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    return QImage(image.constBits(), image.width(), image.height(), image.bytesPerLine(), image.format()).copy();
}

QByteArray encoded(const QImage& image, const char* format, int quality) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    return writer.write(image) ? bytes : QByteArray();
}

QImage onWhite(const QImage& image) {
    QImage flat(image.size(), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        auto* to = reinterpret_cast<QRgb*>(flat.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int alpha = qAlpha(from[x]);
            const auto mix = [alpha](int channel) { return (channel * alpha + 255 * (255 - alpha)) / 255; };
            to[x] = qRgb(mix(qRed(from[x])), mix(qGreen(from[x])), mix(qBlue(from[x])));
        }
    }
    return flat;
}

} // namespace

bool looksLikePicture(const QByteArray& head) {
    return head.startsWith("\x89PNG\r\n\x1a\n") || head.startsWith("\xff\xd8\xff") || head.startsWith("GIF87a") ||
           head.startsWith("GIF89a") || (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP");
}

void usePicture(QImage image, bool preferJpeg, Attachment& attachment) {
    attachment.kind = QStringLiteral("image");
    image = bare(within(image, kImageSideLimit));
    const char* type = preferJpeg ? "image/jpeg" : "image/png";
    QByteArray bytes = preferJpeg ? encoded(image, "jpeg", 90) : encoded(image, "png", -1);
    if (bytes.size() > kImageBytesLimit && !preferJpeg) {
        if (image.hasAlphaChannel())
            image = onWhite(image);
        type = "image/jpeg";
        bytes = encoded(image, "jpeg", 90);
    }
    for (int side = kImageSideLimit * 3 / 4; bytes.size() > kImageBytesLimit && side > 256; side = side * 3 / 4) {
        image = within(image, side);
        bytes = encoded(image, "jpeg", 85);
    }
    if (bytes.isEmpty()) {
        attachment.error = Text::tr("The picture could not be prepared for sending.");
        return;
    }
    const QByteArray base64 = bytes.toBase64();
    attachment.part = ImagePart{.source = {.mediaType = type, .data = std::string(base64.data(), base64.size())}};
    attachment.preview = within(image, kPreviewSide);
}

void readPicture(const QByteArray& bytes, Attachment& attachment) {
    attachment.kind = QStringLiteral("image");
    QByteArray data = bytes;
    QBuffer buffer(&data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    const bool jpeg = reader.format() == "jpeg";
    if (!reader.canRead() || !size.isValid()) {
        attachment.error = Text::tr("This picture cannot be read: it is damaged, or of a kind that is not supported. "
                                    "PNG, JPEG, WebP and GIF can be attached.");
        return;
    }
    if (qint64(size.width()) * size.height() > (jpeg ? kJpegPixels : kOtherPixels)) {
        attachment.error = Text::tr("This picture has %1 × %2 pixels, which is more than can be read. "
                                    "Make it smaller and attach it again.")
                               .arg(size.width())
                               .arg(size.height());
        return;
    }
    if (jpeg && std::max(size.width(), size.height()) > 2 * kImageSideLimit)
        reader.setScaledSize(size.scaled(2 * kImageSideLimit, 2 * kImageSideLimit, Qt::KeepAspectRatio));
    const QImage image = reader.read();
    if (image.isNull()) {
        attachment.error = Text::tr("This picture is damaged or incomplete.");
        return;
    }
    usePicture(image, jpeg, attachment);
}

} // namespace patchbay
