#!/usr/bin/env python3
"""Makes the pictures beside it, which tests put into PDFs. Needs Pillow with OpenJPEG.

The JBIG2 encoder is the one of ITU-T T.88, annex E: one generic region, template 0.
"""

import pathlib
import struct

from PIL import Image

HERE = pathlib.Path(__file__).parent
GREYS = [[255, 170], [85, 0]]
INKS = [(200, 30, 60, 10), (0, 0, 0, 255), (20, 180, 90, 0), (0, 0, 0, 0)]


def jpeg2000():
    """Two rows of two, without loss: greys, colours, and colours of which one is clear."""
    grey = Image.new("L", (2, 2))
    grey.putdata(sum(GREYS, []))
    colours = Image.new("RGB", (2, 2))
    colours.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (10, 20, 30)])
    clear = Image.new("RGBA", (2, 2))
    clear.putdata([(255, 0, 0, 255), (0, 255, 0, 0), (0, 0, 255, 255), (10, 20, 30, 255)])
    for name, picture in [("grey", grey), ("colours", colours), ("clear", clear)]:
        picture.save(HERE / f"{name}.jp2", irreversible=False, num_resolutions=1)
    # With loss, and larger than a block of code.
    large = Image.new("L", (96, 80))
    large.putdata([(x * 2 + y) % 256 for y in range(80) for x in range(96)])
    large.save(HERE / "loss.jp2", irreversible=True, quality_mode="rates", quality_layers=[4])


def jpegs():
    """Four squares of eight pixels in four inks: as they are, and by their lightness as Adobe codes it."""
    def squares(values):
        picture = Image.new("CMYK", (16, 16))
        for n, value in enumerate(values):
            picture.paste(value, (n % 2 * 8, n // 2 * 8, n % 2 * 8 + 8, n // 2 * 8 + 8))
        return picture

    # Pillow writes 255 less each number; the PDF says so by its Decode.
    path = HERE / "inks.jpg"
    squares(INKS).save(path, quality=100, subsampling=0)

    def lightness(inks):
        c, m, y, k = inks
        r, g, b = 255 - c, 255 - m, 255 - y
        light = 0.299 * r + 0.587 * g + 0.114 * b
        parts = light, 128 + (b - light) * 0.564334, 128 + (r - light) * 0.713267, k
        return tuple(255 - min(255, max(0, round(part))) for part in parts)

    path = HERE / "lightness.jpg"
    squares([lightness(inks) for inks in INKS]).save(path, quality=100, subsampling=0)
    data = bytearray(path.read_bytes())
    data[data.index(b"Adobe") + 11] = 2
    path.write_bytes(data)


QE = [
    (0x5601, 1, 1, 1), (0x3401, 2, 6, 0), (0x1801, 3, 9, 0), (0x0AC1, 4, 12, 0), (0x0521, 5, 29, 0),
    (0x0221, 38, 33, 0), (0x5601, 7, 6, 1), (0x5401, 8, 14, 0), (0x4801, 9, 14, 0), (0x3801, 10, 14, 0),
    (0x3001, 11, 17, 0), (0x2401, 12, 18, 0), (0x1C01, 13, 20, 0), (0x1601, 29, 21, 0), (0x5601, 15, 14, 1),
    (0x5401, 16, 14, 0), (0x5101, 17, 15, 0), (0x4801, 18, 16, 0), (0x3801, 19, 17, 0), (0x3401, 20, 18, 0),
    (0x3001, 21, 19, 0), (0x2801, 22, 19, 0), (0x2401, 23, 20, 0), (0x2201, 24, 21, 0), (0x1C01, 25, 22, 0),
    (0x1801, 26, 23, 0), (0x1601, 27, 24, 0), (0x1401, 28, 25, 0), (0x1201, 29, 26, 0), (0x1101, 30, 27, 0),
    (0x0AC1, 31, 28, 0), (0x09C1, 32, 29, 0), (0x08A1, 33, 30, 0), (0x0521, 34, 31, 0), (0x0441, 35, 32, 0),
    (0x02A1, 36, 33, 0), (0x0221, 37, 34, 0), (0x0141, 38, 35, 0), (0x0111, 39, 36, 0), (0x0085, 40, 37, 0),
    (0x0049, 41, 38, 0), (0x0025, 42, 39, 0), (0x0015, 43, 40, 0), (0x0009, 44, 41, 0), (0x0005, 45, 42, 0),
    (0x0001, 45, 43, 0), (0x5601, 46, 46, 0),
]  # fmt: skip


class Encoder:
    def __init__(self):
        self.a, self.c, self.left, self.out, self.states = 0x8000, 0, 12, bytearray(b"\0"), {}

    def bit(self, context, bit):
        index, likely = self.states.get(context, (0, 0))
        qe, next_likely, next_other, switch = QE[index]
        self.a -= qe
        if bit == likely:
            if self.a & 0x8000:
                self.c += qe
                return
            if self.a < qe:
                self.a = qe
            else:
                self.c += qe
            self.states[context] = (next_likely, likely)
        else:
            if self.a < qe:
                self.c += qe
            else:
                self.a = qe
            self.states[context] = (next_other, 1 - likely if switch else likely)
        while True:
            self.a, self.c, self.left = self.a << 1, self.c << 1, self.left - 1
            if self.left == 0:
                self.byte()
            if self.a & 0x8000:
                break

    def byte(self):
        if self.out[-1] != 0xFF and self.c >= 0x8000000:
            self.out[-1] += 1
            self.c &= 0x7FFFFFF
        if self.out[-1] == 0xFF:
            self.out.append(self.c >> 20 & 0xFF)
            self.c, self.left = self.c & 0xFFFFF, 7
        else:
            self.out.append(self.c >> 19 & 0xFF)
            self.c, self.left = self.c & 0x7FFFF, 8

    def end(self):
        most = self.c + self.a
        self.c |= 0xFFFF
        if self.c >= most:
            self.c -= 0x8000
        for _ in range(2):
            self.c <<= self.left
            self.byte()
        if self.out[-1] != 0xFF:
            self.out.append(0xFF)
        return bytes(self.out[1:]) + b"\xac"


def jbig2(width, height, is_black):
    def at(x, y):
        return int(0 <= x < width and 0 <= y and is_black(x, y))

    encoder = Encoder()
    for y in range(height):
        for x in range(width):
            above = [at(x + n, y - 2) for n in range(-2, 3)] + [at(x + n, y - 1) for n in range(-3, 4)]
            encoder.bit(tuple(above + [at(x - n, y) for n in range(1, 5)]), at(x, y))

    def segment(number, kind, data):
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data

    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\0"
    region += struct.pack("8b", 3, -1, -3, -1, 2, -2, -2, -2) + encoder.end()
    return segment(0, 48, page) + segment(1, 38, region)


if __name__ == "__main__":
    jpeg2000()
    jpegs()
    (HERE / "text.jbig2").write_bytes(jbig2(64, 48, lambda x, y: (x * x + 3 * y) % 7 < 3))
