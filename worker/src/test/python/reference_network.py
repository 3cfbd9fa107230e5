"""DeepLabv3+ on MobileNetV2 or EfficientNet-Lite0, written from the papers in plain PyTorch: the other side of the parity
tests. Output stride 16: a stride beyond it is dropped, and the stages after it are dilated, as in ViewAL's published code."""

import torch
import torch.nn.functional as F
from torch import nn

# Expansion, channels, blocks, kernel, stride, dilation
MOBILENET_V2 = [(1, 16, 1, 3, 1, 1), (6, 24, 2, 3, 2, 1), (6, 32, 3, 3, 2, 1), (6, 64, 4, 3, 2, 1), (6, 96, 3, 3, 1, 1),
                (6, 160, 3, 3, 1, 1), (6, 320, 1, 3, 1, 2)]
EFFICIENTNET_LITE0 = [(1, 16, 1, 3, 1, 1), (6, 24, 2, 3, 2, 1), (6, 40, 2, 5, 2, 1), (6, 80, 3, 3, 2, 1),
                      (6, 112, 3, 5, 1, 1), (6, 192, 4, 5, 1, 1), (6, 320, 1, 3, 1, 2)]


class SameConv2d(nn.Conv2d):
    """TensorFlow's "same": as few zeros as needed, an odd one behind."""

    def forward(self, x):
        margins = []
        for axis in (1, 0):
            size, stride = x.shape[2 + axis], self.stride[axis]
            needed = (-(-size // stride) - 1) * stride + self.dilation[axis] * (self.kernel_size[axis] - 1) + 1 - size
            margins += [max(needed, 0) // 2, max(needed, 0) - max(needed, 0) // 2]
        return F.conv2d(F.pad(x, margins), self.weight, None, self.stride, 0, self.dilation, self.groups)


class Layers:
    """Makes a backbone's layers: MobileNetV2's by PyTorch's defaults, EfficientNet-Lite0's by TensorFlow's."""

    def __init__(self, tensorflow):
        self.tensorflow = tensorflow

    def conv_norm(self, cin, cout, kernel, stride=1, dilation=1, groups=1):
        if self.tensorflow:
            conv = SameConv2d(cin, cout, kernel, stride, 0, dilation, groups, bias=False)
        else:
            conv = nn.Conv2d(cin, cout, kernel, stride, dilation * (kernel - 1) // 2, dilation, groups, bias=False)
        return nn.Sequential(conv, self.norm(cout), nn.ReLU6())

    def norm(self, channels):
        return nn.BatchNorm2d(channels, eps=1e-3 if self.tensorflow else 1e-5)


class InvertedResidual(nn.Module):
    def __init__(self, layers, cin, cout, expansion, kernel, stride, dilation):
        super().__init__()
        hidden = cin * expansion
        self.residual = stride == 1 and cin == cout
        steps = [] if expansion == 1 else [layers.conv_norm(cin, hidden, 1)]
        steps += [layers.conv_norm(hidden, hidden, kernel, stride, dilation, hidden)]
        steps += [nn.Conv2d(hidden, cout, 1, bias=False), layers.norm(cout)]
        self.conv = nn.Sequential(*steps)

    def forward(self, x):
        return x + self.conv(x) if self.residual else self.conv(x)


class Backbone(nn.Module):
    def __init__(self, name="MobileNetV2"):
        super().__init__()
        layers = Layers(tensorflow=name == "EfficientNetLite0")
        blocks, cin = [layers.conv_norm(3, 32, 3, 2)], 32
        for expansion, cout, repeats, kernel, stride, dilation in EFFICIENTNET_LITE0 if layers.tensorflow else MOBILENET_V2:
            for i in range(repeats):
                blocks.append(InvertedResidual(layers, cin, cout, expansion, kernel, stride if i == 0 else 1, dilation))
                cin = cout
        self.features = nn.Sequential(*blocks)

    def forward(self, x):
        low = self.features[:4](x)
        return low, self.features[4:](low)


class Branch(nn.Module):
    def __init__(self, cin, kernel, dilation):
        super().__init__()
        pad = 0 if kernel == 1 else dilation
        self.atrous_conv = nn.Conv2d(cin, 256, kernel, padding=pad, dilation=dilation, bias=False)
        self.bn = nn.BatchNorm2d(256)

    def forward(self, x):
        return F.relu(self.bn(self.atrous_conv(x)))


class Aspp(nn.Module):
    def __init__(self):
        super().__init__()
        self.aspp1, self.aspp2 = Branch(320, 1, 1), Branch(320, 3, 6)
        self.aspp3, self.aspp4 = Branch(320, 3, 12), Branch(320, 3, 18)
        self.global_avg_pool = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(320, 256, 1, bias=False), nn.BatchNorm2d(256), nn.ReLU())
        self.conv1, self.bn1 = nn.Conv2d(1280, 256, 1, bias=False), nn.BatchNorm2d(256)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        pooled = self.global_avg_pool(x).expand(-1, -1, x.shape[2], x.shape[3])
        y = torch.cat([self.aspp1(x), self.aspp2(x), self.aspp3(x), self.aspp4(x), pooled], 1)
        return self.dropout(F.relu(self.bn1(self.conv1(y))))


class Decoder(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(24, 48, 1, bias=False), nn.BatchNorm2d(48)
        self.last_conv = nn.Sequential(
            nn.Conv2d(304, 256, 3, padding=1, bias=False), nn.BatchNorm2d(256), nn.ReLU(), nn.Dropout(0.5),
            nn.Conv2d(256, 256, 3, padding=1, bias=False), nn.BatchNorm2d(256), nn.ReLU(), nn.Dropout(0.25),
            nn.Conv2d(256, classes, 1))

    def forward(self, x, low):
        low = F.relu(self.bn1(self.conv1(low)))
        x = F.interpolate(x, size=low.shape[2:], mode="bilinear", align_corners=True)
        return self.last_conv(torch.cat([x, low], 1))


class DeepLab(nn.Module):
    def __init__(self, classes, backbone="MobileNetV2"):
        super().__init__()
        self.backbone, self.aspp, self.decoder = Backbone(backbone), Aspp(), Decoder(classes)
        self.dropout = nn.Dropout2d(0.25)

    def forward(self, images):
        low, high = self.backbone(images)
        logits = self.decoder(self.aspp(self.dropout(high)), self.dropout(low))
        return F.interpolate(logits, size=images.shape[2:], mode="bilinear", align_corners=True)
